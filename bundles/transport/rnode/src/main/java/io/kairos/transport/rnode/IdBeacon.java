package io.kairos.transport.rnode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * When a station has to say who it is: so long after its first packet since it last did. A station that says nothing
 * needs no name. Pure; guarded by its owner.
 */
final class IdBeacon {

    private final byte[] callsign;
    private final long everyNanos;
    private long firstPacket;
    private boolean isWaiting;

    /** @param callsign empty: never */
    IdBeacon(String callsign, Duration every) {
        this.callsign = callsign.getBytes(StandardCharsets.UTF_8);
        this.everyNanos = every.toNanos();
    }

    /** A packet is being sent. */
    void packet(long now) {
        if (callsign.length > 0 && !isWaiting) {
            isWaiting = true;
            firstPacket = now;
        }
    }

    /** How long until it is due; {@link Long#MAX_VALUE} while nothing was sent. */
    long nanosUntilDue(long now) {
        return isWaiting ? Math.max(0, firstPacket + everyNanos - now) : Long.MAX_VALUE;
    }

    /** It was sent. */
    void sent() {
        isWaiting = false;
    }

    byte[] bytes() {
        return callsign.clone();
    }
}
