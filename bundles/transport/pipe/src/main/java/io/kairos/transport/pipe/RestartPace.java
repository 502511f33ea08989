package io.kairos.transport.pipe;

import java.time.Duration;

/** How long to wait before a program that has ended is started again. Owned by the thread that runs the program. */
final class RestartPace {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    RestartPace(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** The pause after a run of this length. */
    Duration after(Duration run) {
        if (run.compareTo(longest) > 0) {
            next = first;
        }
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return pause;
    }
}
