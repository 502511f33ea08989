package io.kairos.core.router.known;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Identities whose announces are refused (docs/protocol/transport.md, blackhole). Threads: any. */
public final class Blackhole {

    private final Map<IdentityHash, Blackholed> entries = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Consumer<IdentityHash> added;
    private final Runnable changed;

    /**
     * @param added is told of every identity that was listed, to forget its paths
     * @param changed is told of every change, to keep it on disk
     */
    public Blackhole(Clock clock, Consumer<IdentityHash> added, Runnable changed) {
        this.clock = clock;
        this.added = added;
        this.changed = changed;
    }

    public boolean contains(IdentityHash identity) {
        Blackholed entry = entries.get(identity);
        return entry != null && !isOver(entry);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public List<Blackholed> all() {
        return entries.values().stream().filter(entry -> !isOver(entry)).toList();
    }

    void add(Blackholed entry) {
        if (!isOver(entry) && entries.putIfAbsent(entry.identity(), entry) == null) {
            added.accept(entry.identity());
            changed.run();
        }
    }

    boolean lift(IdentityHash identity) {
        boolean lifted = entries.remove(identity) != null;
        if (lifted) {
            changed.run();
        }
        return lifted;
    }

    /** Takes stored entries. */
    public void restore(Collection<Blackholed> stored) {
        stored.stream().filter(entry -> !isOver(entry)).forEach(entry -> entries.putIfAbsent(entry.identity(), entry));
    }

    /** Removes what is over. */
    public void clean() {
        if (entries.values().removeIf(this::isOver)) {
            changed.run();
        }
    }

    private boolean isOver(Blackholed entry) {
        return entry.untilMillis().map(until -> until <= clock.wallMillis()).orElse(false);
    }
}
