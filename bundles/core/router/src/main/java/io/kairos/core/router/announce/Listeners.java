package io.kairos.core.router.announce;

import io.kairos.api.routing.AnnounceListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of announces. Threads: any. */
public final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<AnnounceListener> present = new CopyOnWriteArrayList<>();

    /** Adds a listener; false where it does not say which announces it wants. */
    public boolean add(AnnounceListener listener) {
        if (filterOf(listener) == null) {
            LOG.error("{} listens to announces without saying to which; it is told of none", listener.getClass());
            return false;
        }
        return present.add(listener);
    }

    public void remove(AnnounceListener listener) {
        present.remove(listener);
    }

    /** All that were added and not removed. */
    public List<AnnounceListener> all() {
        return present;
    }

    /** What a listener wants; {@code null} where it cannot say. */
    static String filterOf(AnnounceListener listener) {
        try {
            return listener.nameFilter();
        } catch (RuntimeException e) {
            LOG.debug("A listener cannot say what it wants", e);
            return null;
        }
    }
}
