package io.kairos.core.router.announce;

import io.kairos.api.identity.KnownDestination;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.routing.Router;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.SerialExecutor;
import io.kairos.core.router.ports.HeardAnnounce;
import io.kairos.lib.bytes.Hashes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of announces, one after the other and never on the table owner's time. Threads: any. */
public final class AnnounceNews {

    private static final Logger LOG = LoggerFactory.getLogger(AnnounceNews.class);
    private static final int MOST_SHOWN = 256;
    private static final int MOST_WAITING = 4096;

    private final Supplier<List<AnnounceListener>> listeners;
    private final SerialExecutor callbacks;
    private final Refusals refusals;

    // ---- guarded by lately ----
    private final Deque<Router.AnnounceView> lately = new ArrayDeque<>();

    public AnnounceNews(Supplier<List<AnnounceListener>> listeners, SerialExecutor callbacks, Refusals refusals) {
        this.listeners = listeners;
        this.callbacks = callbacks;
        this.refusals = refusals;
    }

    void heard(Router.AnnounceView view) {
        synchronized (lately) {
            if (lately.size() == MOST_SHOWN) {
                lately.removeFirst();
            }
            lately.addLast(view);
        }
    }

    /** Newest first. */
    public List<Router.AnnounceView> lately() {
        List<Router.AnnounceView> views;
        synchronized (lately) {
            views = new ArrayList<>(lately);
        }
        Collections.reverse(views);
        return views;
    }

    void accepted(KnownDestination announced, HeardAnnounce heard) {
        List<AnnounceListener> present = listeners.get();
        if (present.isEmpty()) {
            return;
        }
        byte[] nameHash = heard.announce().nameHash();
        byte[] packetHash = heard.packetHash();
        for (AnnounceListener listener : present) {
            if (wants(listener, nameHash, heard.isPathResponse())) {
                if (callbacks.waiting() >= MOST_WAITING) {
                    refusals.count(Refusal.LISTENER_BUSY);
                } else {
                    byte[] copy = packetHash.clone();
                    callbacks.execute(() -> tell(listener, announced, heard.hops(), heard.isPathResponse(), copy));
                }
            }
        }
    }

    private static boolean wants(AnnounceListener listener, byte[] nameHash, boolean pathResponse) {
        try {
            String filter = listener.nameFilter();
            return filter != null
                    && (!pathResponse || listener.wantsPathResponses())
                    && (filter.isEmpty() || Arrays.equals(Hashes.name(filter), nameHash));
        } catch (RuntimeException e) {
            LOG.error("A listener cannot say what it wants; others are told, please report this", e);
            return false;
        }
    }

    private static void tell(
            AnnounceListener listener, KnownDestination announced, int hops, boolean pathResponse, byte[] packetHash) {
        try {
            listener.heard(announced, hops, pathResponse, packetHash);
        } catch (RuntimeException e) {
            LOG.error("A listener failed on an announce; others were told, please report this", e);
        }
    }
}
