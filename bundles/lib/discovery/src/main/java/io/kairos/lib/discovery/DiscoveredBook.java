package io.kairos.lib.discovery;

import io.kairos.api.packet.IdentityHash;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Interfaces that were heard of, until they have been silent for long. Threads: one at a time. */
public final class DiscoveredBook {

    /** After this silence nobody knows whether it is still there. */
    public static final Duration UNKNOWN_AFTER = Duration.ofDays(1);

    /** After this silence it has probably gone. */
    public static final Duration STALE_AFTER = Duration.ofDays(3);

    /** After this silence it is forgotten. */
    public static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

    private static final int MOST = 4_096;
    private static final Comparator<Entry> BEST_FIRST = Comparator.comparing(Entry::status)
            .thenComparing(entry -> -entry.last().value())
            .thenComparing(entry -> -entry.last().heardMillis());

    private final Map<ByteBuffer, Known> known = new HashMap<>();

    /** How likely it is that an interface is still there, best first. */
    public enum Status {
        AVAILABLE,
        UNKNOWN,
        STALE
    }

    /**
     * One interface.
     *
     * @param last what was heard of it last
     * @param firstMillis wall-clock time when it was heard of first
     * @param repetitions how often it was heard of again
     */
    public record Entry(Discovered last, long firstMillis, int repetitions, Status status) {}

    private record Known(Discovered last, long firstMillis, int repetitions) {}

    /** Keeps what was heard; false where it is of no use or there is no room. */
    public boolean heard(Discovered discovered) {
        ByteBuffer id = ByteBuffer.wrap(discovered.advertisement().id());
        Known present = known.get(id);
        if (!discovered.advertisement().kind().isKept() || present == null && known.size() >= MOST) {
            return false;
        }
        known.put(
                id,
                present == null
                        ? new Known(discovered, discovered.heardMillis(), 0)
                        : new Known(discovered, present.firstMillis, present.repetitions + 1));
        return true;
    }

    /**
     * All that is still worth showing, best first; the rest is forgotten.
     *
     * @param sources whose announces are trusted now; empty for everybody's
     */
    public List<Entry> list(long nowMillis, Set<IdentityHash> sources) {
        known.values()
                .removeIf(entry -> silence(entry.last, nowMillis) > FORGOTTEN_AFTER.toMillis()
                        || !sources.isEmpty() && !sources.contains(entry.last.announcer()));
        return known.values().stream()
                .map(entry ->
                        new Entry(entry.last, entry.firstMillis, entry.repetitions, status(entry.last, nowMillis)))
                .sorted(BEST_FIRST)
                .toList();
    }

    private static Status status(Discovered last, long nowMillis) {
        long silence = silence(last, nowMillis);
        if (silence > STALE_AFTER.toMillis()) {
            return Status.STALE;
        }
        return silence > UNKNOWN_AFTER.toMillis() ? Status.UNKNOWN : Status.AVAILABLE;
    }

    private static long silence(Discovered last, long nowMillis) {
        return nowMillis - last.heardMillis();
    }
}
