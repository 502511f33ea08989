package io.kairos.test.demo;

import java.util.concurrent.locks.LockSupport;

/** Lets through so many bytes a second, one caller at a time. */
final class Throttle {

    private static final long SLACK_NANOS = 20_000_000;

    private final double nanosPerByte;

    /** Moment until which the bytes let through so far are on their way. */
    private long busyUntil = System.nanoTime();

    Throttle(long bitsPerSecond) {
        this.nanosPerByte = 8e9 / bitsPerSecond;
    }

    /** Waits until {@code bytes} more may pass. */
    synchronized void pass(int bytes) {
        busyUntil = Math.max(busyUntil, System.nanoTime()) + (long) (bytes * nanosPerByte);
        // short waits are not worth it: the operating system cannot keep them, and the sum stays right
        for (long left = busyUntil - System.nanoTime(); left > SLACK_NANOS; left = busyUntil - System.nanoTime()) {
            LockSupport.parkNanos(left - SLACK_NANOS / 2);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
