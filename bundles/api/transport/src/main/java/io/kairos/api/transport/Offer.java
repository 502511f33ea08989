package io.kairos.api.transport;

import java.util.Map;

/**
 * What an interface can tell to those who may want to join it, when its operator has it announced.
 *
 * @param kind the name by which Reticulum programs know what they connect to, for example {@code BackboneInterface}
 * @param details what belongs to the kind, by name: {@code port}, {@code frequency} and {@code bandwidth} in hertz, {@code
 *     spreading_factor}, {@code coding_rate}, {@code channel} as {@link Long}, {@code modulation} and {@code reachable_on} as
 *     text
 */
public record Offer(String kind, Map<String, Object> details) {

    public Offer {
        details = Map.copyOf(details);
    }
}
