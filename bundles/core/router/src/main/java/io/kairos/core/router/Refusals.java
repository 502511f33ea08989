package io.kairos.core.router;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was refused, by reason. Threads: any. */
public final class Refusals {

    private final LongAdder[] counts = new LongAdder[Refusal.values().length];

    public Refusals() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    public void count(Refusal why) {
        counts[why.ordinal()].increment();
    }

    public long of(Refusal why) {
        return counts[why.ordinal()].sum();
    }

    /** Counts above zero by word. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new TreeMap<>();
        for (Refusal why : Refusal.values()) {
            long count = of(why);
            if (count > 0) {
                snapshot.put(why.word(), count);
            }
        }
        return snapshot;
    }
}
