package io.kairos.transport.rnode;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the radios of one interface have sent. It outlives the open device, so that pulling it and putting it back, or
 * other settings, make no air free. Threads: any.
 */
final class Budgets {

    static final Duration HOUR = Duration.ofHours(1);
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

    /** The hour of each radio, which it shares with whoever writes it down. */
    synchronized Map<Integer, AirtimeBudget> hours(List<RadioSettings> radios) {
        Map<Integer, AirtimeBudget> all = new HashMap<>();
        radios.forEach(radio -> all.put(radio.index(), hour(radio)));
        return all;
    }

    synchronized Transmitter transmitter(RadioSettings radio, long now) {
        AirtimeBudget moment = moments.computeIfAbsent(radio.index(), index -> new AirtimeBudget(MOMENT, 1));
        moment.share(radio.shortShare());
        return new Transmitter(radio, hour(radio), moment, speed, now);
    }

    private AirtimeBudget hour(RadioSettings radio) {
        AirtimeBudget hour = hours.computeIfAbsent(radio.index(), index -> new AirtimeBudget(HOUR, 1));
        hour.share(radio.airtimeShare());
        return hour;
    }
}
