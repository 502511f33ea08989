package io.kairos.api.transport;

import java.util.Objects;
import java.util.Optional;

/**
 * Somebody whom a medium hears and can tell from others, without an interface for each. For the operator of this node alone:
 * it never belongs in a log, a metric or an answer to others.
 *
 * @param name how the medium knows the sender, for example a call sign, an address or a hash; text of a stranger, at most 64
 *     characters
 * @param packets that came from there and were handed to the core, since it was heard first
 * @param bytes of these packets
 * @param heardMillis wall-clock time when the last one came, in milliseconds since 1970
 * @param signal how well the last packet was heard whose signal is known
 */
public record Neighbour(String name, long packets, long bytes, long heardMillis, Optional<Signal> signal) {

    public Neighbour {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(signal, "signal");
    }
}
