package io.kairos.core.router.ports;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often something happens, as ingress control wants it (docs/protocol/transport.md): number of samples divided by the
 * time since the oldest one. Threads: any.
 */
public final class RateMeter {

    private static final int MOST_SAMPLES = 48;
    private static final long DECAY_MILLIS = 10_000;

    private final int fewest;

    // ---- guarded by this ----
    private final Deque<Long> samples = new ArrayDeque<>();

    /** @param fewest number of samples up to which the rate is told as 0 */
    RateMeter(int fewest) {
        this.fewest = fewest;
    }

    public synchronized void count(long now) {
        if (samples.size() == MOST_SAMPLES) {
            samples.pollFirst();
        }
        samples.addLast(now);
    }

    /** Events per second. Each call forgets at most one old sample, so that a rate sinks slowly. */
    public synchronized double perSecond(long now) {
        int count = samples.size();
        if (count <= fewest) {
            return 0;
        }
        long span = now - samples.peekFirst();
        if (span > DECAY_MILLIS) {
            samples.pollFirst();
        }
        return span <= 0 ? 0 : count * 1000.0 / span;
    }

    /** The same without forgetting, for displays. */
    public synchronized double shown(long now) {
        int count = samples.size();
        long span = count <= fewest ? 0 : now - samples.peekFirst();
        return span <= 0 || span > 6 * DECAY_MILLIS ? 0 : count * 1000.0 / span;
    }

    public synchronized int samples() {
        return samples.size();
    }
}
