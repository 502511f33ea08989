package io.kairos.core.link.life;

import io.kairos.api.link.Link.CloseReason;
import io.kairos.api.link.Link.State;

/**
 * Decides when a link is up, speaks up, is doubted and is given up. Knows no packets, threads or clocks.
 *
 * <pre>
 *  state      event                              next       outcome
 *  PENDING    proof accepted (initiator)         ACTIVE
 *  HANDSHAKE  round-trip time came (responder)   ACTIVE
 *  either     establishment time-out             CLOSED     closed, TIMEOUT
 *  ACTIVE     one keepalive of silence           ACTIVE     keepalive (initiator)
 *  ACTIVE     two keepalives without a packet    STALE
 *  STALE      packet heard                       ACTIVE
 *  STALE      5 s more                           CLOSED     close packet, closed, TIMEOUT
 *  any        closed                             CLOSED
 * </pre>
 *
 * <p>Times are nanoseconds of the monotonic clock. Specification: docs/protocol/link.md.
 *
 * <p>Threads: owned by the mailbox of its link; {@link #sent} and the readers may be called by any.
 */
final class LinkMachine {

    private static final double KEEPALIVE_MIN = 5;
    private static final double KEEPALIVE_MAX = 360;
    private static final double RTT_AT_MAX = 1.75;
    private static final int STALE_FACTOR = 2;
    private static final long STALE_GRACE = nanos(5);

    /** What the machine wants to happen. */
    enum Wish {
        NOTHING,
        SEND_KEEPALIVE,
        /** Say goodbye, then end with {@link CloseReason#TIMEOUT}. */
        GIVE_UP,
        /** End with {@link CloseReason#TIMEOUT} without a word. */
        GIVE_UP_SILENTLY
    }

    private final boolean initiator;
    private final long establishDeadline;
    private volatile State state;
    private volatile long keepalive = nanos(KEEPALIVE_MAX);
    private volatile long lastSent;
    private volatile long lastHeard;
    private volatile long activated;
    private long lastKeepalive;
    private boolean keepaliveSent;
    private long giveUpAt;

    LinkMachine(boolean initiator, long now, long establishTimeout) {
        this.initiator = initiator;
        this.establishDeadline = now + establishTimeout;
        this.state = initiator ? State.PENDING : State.HANDSHAKE;
        this.lastSent = now;
        this.lastHeard = now;
        this.activated = now;
    }

    /** Seconds between keepalives for a round-trip time in seconds. */
    static double keepaliveSeconds(double roundTrip) {
        return Math.max(KEEPALIVE_MIN, Math.min(KEEPALIVE_MAX, roundTrip * KEEPALIVE_MAX / RTT_AT_MAX));
    }

    State state() {
        return state;
    }

    long activatedNanos() {
        return activated;
    }

    long lastHeardNanos() {
        return lastHeard;
    }

    /** The link is up. */
    void established(double roundTripSeconds, long now) {
        state = State.ACTIVE;
        activated = now;
        lastHeard = now;
        keepalive = nanos(keepaliveSeconds(roundTripSeconds));
    }

    /** A packet of the other end has arrived. */
    void heard(long now) {
        lastHeard = now;
        if (state == State.STALE) {
            state = State.ACTIVE;
        }
    }

    /** A packet has been sent. */
    void sent(long now) {
        lastSent = now;
    }

    /** Whether the responder answers a keepalive: only where it has been silent itself. */
    boolean answersKeepalive(long now) {
        return !initiator && now - lastSent >= keepalive;
    }

    /** Ended; false where it had ended before. */
    boolean close() {
        boolean open = state != State.CLOSED;
        state = State.CLOSED;
        return open;
    }

    /** Time has passed. */
    Wish tick(long now) {
        return switch (state) {
            case PENDING, HANDSHAKE -> now - establishDeadline >= 0 ? Wish.GIVE_UP_SILENTLY : Wish.NOTHING;
            case ACTIVE -> watch(now);
            case STALE -> now - giveUpAt >= 0 ? Wish.GIVE_UP : Wish.NOTHING;
            case CLOSED -> Wish.NOTHING;
        };
    }

    private Wish watch(long now) {
        boolean silent = now - lastHeard >= keepalive || now - lastSent >= keepalive;
        if (!silent) {
            return Wish.NOTHING;
        }
        if (now - lastHeard >= STALE_FACTOR * keepalive) {
            state = State.STALE;
            giveUpAt = now + STALE_GRACE;
        }
        if (initiator && (!keepaliveSent || now - lastKeepalive >= keepalive)) {
            keepaliveSent = true;
            lastKeepalive = now;
            return Wish.SEND_KEEPALIVE;
        }
        return Wish.NOTHING;
    }

    /** Nanoseconds until the next {@link #tick} is worthwhile. */
    long untilNextTick(long now) {
        long wait = switch (state) {
            case PENDING, HANDSHAKE -> establishDeadline - now;
            case ACTIVE -> untilWatch(now);
            case STALE -> giveUpAt - now;
            case CLOSED -> Long.MAX_VALUE;
        };
        return Math.max(0, wait);
    }

    private long untilWatch(long now) {
        long untilStale = lastHeard + STALE_FACTOR * keepalive - now;
        if (!initiator) {
            return untilStale;
        }
        long untilSilent = Math.min(lastHeard - now, lastSent - now) + keepalive;
        long untilKeepalive = keepaliveSent ? Math.max(untilSilent, lastKeepalive + keepalive - now) : untilSilent;
        return Math.min(untilStale, untilKeepalive);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
