package io.kairos.api.transport;

import java.util.Objects;

/**
 * One thing that a medium measures or is told by its device.
 *
 * @param name what it is, lower case with underscores, for example {@code noise_floor}
 * @param value its latest value
 * @param unit of the value, for example {@code dBm}; empty where it has none
 */
public record Reading(String name, double value, String unit) {

    public Reading {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
    }
}
