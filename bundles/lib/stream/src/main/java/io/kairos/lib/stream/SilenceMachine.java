package io.kairos.lib.stream;

import java.time.Duration;

/**
 * Decides what to do when nothing happens on a stream. Knows no clock: times are nanoseconds of any origin.
 *
 * <pre>
 *  since                    longer than   what
 *  the last write           keepalive     send an empty frame
 *  the last read            stale         say so, once until something comes
 *  the last read            dead          give up
 *  a write began            stall         give up
 * </pre>
 *
 * <p>Owned by the thread that reads; the times of writes are handed in.
 */
final class SilenceMachine {

    enum Action {
        NOTHING,
        SEND_KEEPALIVE,
        TELL_STALE,
        GIVE_UP_SILENT,
        GIVE_UP_STALLED
    }

    private final Silence silence;
    private long lastRead;
    private long lastKeepalive;
    private boolean isStale;

    SilenceMachine(Silence silence, long now) {
        this.silence = silence;
        this.lastRead = now;
        this.lastKeepalive = now;
    }

    void heard(long now) {
        lastRead = now;
        isStale = false;
    }

    /**
     * Looks at the time.
     *
     * @param lastWrite when a write last ended
     * @param isWriting whether one is under way since {@code writeBegan}
     */
    Action look(long now, long lastWrite, boolean isWriting, long writeBegan) {
        if (isWriting && isOver(silence.stall(), writeBegan, now)) {
            return Action.GIVE_UP_STALLED;
        }
        if (isOver(silence.dead(), lastRead, now)) {
            return Action.GIVE_UP_SILENT;
        }
        if (!isStale && isOver(silence.stale(), lastRead, now)) {
            isStale = true;
            return Action.TELL_STALE;
        }
        long quietSince = lastWrite - lastKeepalive > 0 ? lastWrite : lastKeepalive;
        if (!isWriting && isOver(silence.keepalive(), quietSince, now)) {
            lastKeepalive = now;
            return Action.SEND_KEEPALIVE;
        }
        return Action.NOTHING;
    }

    private static boolean isOver(Duration limit, long since, long now) {
        return !limit.isZero() && now - since >= limit.toNanos();
    }
}
