package io.kairos.api.health;

import java.util.Map;

/**
 * One number.
 *
 * @param name as in {@code kairos_interface_received_bytes_total}: what, unit, {@code _total} for counters
 * @param help what it means, one sentence
 * @param kind whether it only grows
 * @param labels for example the name of an interface; never an address
 * @param value the number
 */
public record Metric(String name, String help, Kind kind, Map<String, String> labels, double value) {

    /** Whether a number only grows. */
    public enum Kind {
        COUNTER,
        GAUGE
    }

    public Metric {
        labels = Map.copyOf(labels);
    }
}
