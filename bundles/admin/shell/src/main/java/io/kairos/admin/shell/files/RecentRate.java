package io.kairos.admin.shell.files;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast something grows lately: over the last fifteen seconds, so that an estimate follows a medium that changes. */
final class RecentRate {

    private static final long WINDOW_NANOS = 15_000_000_000L;
    private static final int MOST = 64;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long bytes) {}

    /** Takes note of how far it is; where it is less than before, it has started over. */
    void at(long nanos, long bytes) {
        if (!samples.isEmpty() && bytes < samples.getLast().bytes()) {
            samples.clear();
        }
        samples.addLast(new Sample(nanos, bytes));
        while (samples.size() > MOST
                || samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    /** Bytes in a second; 0 while nothing has grown. */
    double bytesPerSecond() {
        if (samples.size() < 2) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        return (last.bytes() - first.bytes()) * 1e9 / Math.max(1, last.nanos() - first.nanos());
    }
}
