package io.kairos.core.link.destination;

import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The time in the announces of one destination, which must never go back, not even when the clock of the node does or the
 * node restarts: others would ignore the destination until the time is reached again (docs/protocol/announce.md).
 *
 * <p>Not every announce is worth a write: a minute is reserved on disk at a time, and a restart goes on behind it.
 *
 * <p>Threads: owned by the queue of its destination.
 */
final class EmissionClock {

    private static final long RESERVED_SECONDS = 60;

    private final Clock clock;
    private final Supplier<Store> store;
    private final String document;
    private long last = -1;
    private long reserved;

    EmissionClock(Clock clock, Supplier<Store> store, String document) {
        this.clock = clock;
        this.store = store;
        this.document = document;
    }

    /** Seconds since 1970 for the next announce. */
    long next() {
        if (last < 0) {
            reserved = store.get().read(document).map(EmissionClock::parse).orElse(0L);
            last = reserved;
        }
        last = Math.max(last, clock.wallMillis() / 1000);
        if (last > reserved) {
            reserved = last + RESERVED_SECONDS;
            store.get().write(document, Long.toString(reserved).getBytes(StandardCharsets.US_ASCII));
        }
        return last;
    }

    private static long parse(byte[] text) {
        try {
            return Math.max(0, Long.parseLong(new String(text, StandardCharsets.US_ASCII).strip()));
        } catch (NumberFormatException e) {
            return 0; // the store vouches for its documents; somebody else wrote this one
        }
    }
}
