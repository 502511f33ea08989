package io.kairos.transport.rnode;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the radios of one interface have sent. It outlives the open device, so that pulling it and putting it back, or
 * other settings, make no air free. Threads: any; what it gives is guarded by the outbox, of which there is one at a time.
 */
final class Budgets {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofSeconds(15);

    private final Map<Integer, AirtimeBudget> hours = new HashMap<>(); // guarded by this
    private final Map<Integer, AirtimeBudget> moments = new HashMap<>(); // guarded by this

    private final double speed;

    Budgets() {
        this(1);
    }

    /** @param speed how many times faster than in life packets leave; for simulated radios */
    Budgets(double speed) {
        this.speed = speed;
    }

    synchronized Transmitter transmitter(RadioSettings radio, long now) {
        AirtimeBudget hour = hours.computeIfAbsent(radio.index(), index -> new AirtimeBudget(HOUR, 1));
        AirtimeBudget moment = moments.computeIfAbsent(radio.index(), index -> new AirtimeBudget(MOMENT, 1));
        hour.share(radio.airtimeShare());
        moment.share(radio.shortShare());
        return new Transmitter(radio, hour, moment, speed, now);
    }
}
