package io.kairos.test.container.peer;

import java.time.Duration;

/** What became of the questions that were asked in some span of time. Threads: any. */
final class Window {

    // ---- guarded by this ----
    private final long start = System.nanoTime();
    private long lastAnswer = start;
    private long longestNanos;
    private int sent;
    private int answered;
    private int lost;
    private int links;

    synchronized void sent() {
        sent++;
    }

    synchronized void resolved(boolean right) {
        if (right) {
            answered++;
            long now = System.nanoTime();
            longestNanos = Math.max(longestNanos, now - lastAnswer);
            lastAnswer = now;
        } else {
            lost++;
        }
        notifyAll();
    }

    synchronized void linkLost() {
        links++;
    }

    /** Until each question is answered or given up. */
    synchronized void awaitRest(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); answered + lost < sent && left > 0; ) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    @Override
    public synchronized String toString() {
        return "sent=%d answered=%d gap=%d links=%d".formatted(sent, answered, longestNanos / 1_000_000, links);
    }
}
