package io.kairos.lib.medium;

import java.time.Duration;

/** How long to wait before a medium is opened again: longer from time to time, short again once it has held. One owner. */
public final class RetryPace {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    /**
     * @param first the first pause; each one is twice the one before
     * @param longest the longest pause; a line that has held for longer begins with {@code first} again
     */
    public RetryPace(Duration first, Duration longest) {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("first %s, longest %s".formatted(first, longest));
        }
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** The same pause each time. */
    public static RetryPace every(Duration pause) {
        return new RetryPace(pause, pause);
    }

    /** The pause after a line that has held so long. */
    public Duration after(Duration held) {
        if (held.compareTo(longest) > 0) {
            next = first;
        }
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return pause;
    }
}
