package io.kairos.core.router.ports;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.transport.BurstLimits;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Announces of unknown destinations that wait until a burst is over (docs/protocol/transport.md, ingress limiting).
 *
 * <p>Threads: owned by the owner of the tables; {@link #size} may be asked by any.
 */
public final class HeldAnnounces {

    private static final int MOST_HOPS = 127;

    private final Supplier<BurstLimits> limits;
    private final Map<DestinationHash, HeardAnnounce> held = new LinkedHashMap<>();
    private long releaseAt;
    private volatile int size;

    /** @param limits asked each time, because they may change */
    HeldAnnounces(Supplier<BurstLimits> limits) {
        this.limits = limits;
    }

    public int size() {
        return size;
    }

    /** Whose announces are held; a copy. */
    public List<DestinationHash> destinations() {
        return List.copyOf(held.keySet());
    }

    /** A burst has begun. */
    public void burstBegan(long now) {
        releaseAt = now + limits.get().penalty().toMillis();
    }

    /** Keeps an announce instead of one of the same destination; false where there is no room or it came too far. */
    public boolean hold(HeardAnnounce announce) {
        boolean full = size >= limits.get().held() && !held.containsKey(announce.destination());
        if (announce.hops() >= MOST_HOPS || full) {
            return false;
        }
        held.put(announce.destination(), announce);
        size = held.size();
        return true;
    }

    /** Whether something may be released now, if the interface is calm. */
    public boolean isDue(long now) {
        return size > 0 && now > releaseAt;
    }

    /** Takes out the nearest announce. */
    public HeardAnnounce release(long now) {
        HeardAnnounce nearest = held.values().stream()
                .min(Comparator.comparingInt(HeardAnnounce::hops))
                .orElseThrow();
        held.remove(nearest.destination());
        size = held.size();
        releaseAt = now + limits.get().release().toMillis();
        return nearest;
    }

    public void clear() {
        held.clear();
        size = 0;
    }
}
