package io.kairos.transport.rnode;

import java.time.Duration;

/**
 * When one radio may send the next packet: when the law and the operator allow it (an hour, fifteen seconds), when the
 * device is not expected to be far behind, and, with flow control, when it has said that it is ready. Pure; guarded by its
 * owner.
 */
final class Transmitter {

    /** How much may wait in the device. Its queue holds 6144 bytes; what waits here can still be counted and dropped. */
    private static final int AHEAD_BYTES = 2_032;

    private static final long UNLOCK_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long ASK_AGAIN_NANOS = Duration.ofMillis(250).toNanos();

    private final RadioSettings settings;
    private final AirtimeBudget hour;
    private final AirtimeBudget moment;
    private final double speed;
    private final long aheadNanos;
    private long busyUntil;
    private long lockedUntil;
    private long askAt;
    private boolean isLocked;
    private boolean asks;

    /**
     * Makes a transmitter.
     *
     * @param hour what may be sent in an hour; kept while the device is away
     * @param moment what may be sent in 15 s
     * @param speed how many times faster than in life packets leave
     */
    Transmitter(RadioSettings settings, AirtimeBudget hour, AirtimeBudget moment, double speed, long now) {
        this.settings = settings;
        this.hour = hour;
        this.moment = moment;
        this.speed = speed;
        this.aheadNanos = 4 * airtime(AHEAD_BYTES / 4);
        this.busyUntil = now;
    }

    private long airtime(int packetBytes) {
        return (long) (settings.tuning().airtime(packetBytes).toNanos() / speed);
    }

    /** How long to wait before a packet of so many bytes may be handed to the device. */
    long nanosUntil(int packetBytes, long now) {
        long air = airtime(packetBytes);
        long wait = Math.max(hour.nanosUntil(air, now), moment.nanosUntil(air, now));
        wait = Math.max(wait, busyUntil - now - aheadNanos);
        if (isLocked) {
            wait = Math.max(wait, lockedUntil - now);
        }
        return Math.max(0, wait);
    }

    /** A packet is handed to the device now. */
    void sent(int packetBytes, long now) {
        long air = airtime(packetBytes);
        hour.use(air, now);
        moment.use(air, now);
        busyUntil = (busyUntil - now > 0 ? busyUntil : now) + air;
        if (settings.flowControl()) {
            isLocked = true;
            lockedUntil = now + UNLOCK_NANOS;
            asks = true;
            askAt = now;
        }
    }

    /** How long until the device has to be asked whether it is ready; {@link Long#MAX_VALUE}: it need not. */
    long nanosUntilQuestion(long now) {
        return isLocked && asks ? Math.max(0, askAt - now) : Long.MAX_VALUE;
    }

    /** The device is being asked. */
    void asked() {
        asks = false;
    }

    /** The device says whether it can take another packet. Also said where nobody has asked: its queue is full. */
    void ready(boolean isReady, long now) {
        if (isReady) {
            isLocked = false;
            asks = false;
            return;
        }
        if (!isLocked) {
            isLocked = true;
            lockedUntil = now + (settings.flowControl() ? UNLOCK_NANOS : aheadNanos);
        }
        asks = settings.flowControl();
        askAt = now + ASK_AGAIN_NANOS;
    }

    /** The share of the last hour in which this radio has sent. */
    double usedShare(long now) {
        return hour.usedShare(now);
    }
}
