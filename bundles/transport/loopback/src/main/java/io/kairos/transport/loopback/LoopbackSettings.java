package io.kairos.transport.loopback;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import java.time.Duration;
import java.util.Map;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param name the interface's own name
 * @param peer name of the interface at the other end, its own name where packets come back
 * @param delay how long a packet is under way
 * @param loss share of packets that get lost, 0 to 1
 * @param bitsPerSecond speed of the medium; 0 means that it takes no time
 * @param queueBytes most bytes that may be under way to this interface
 * @param policy how the core shall treat the interface
 */
record LoopbackSettings(
        String name,
        String peer,
        Duration delay,
        double loss,
        long bitsPerSecond,
        int queueBytes,
        InterfacePolicy policy) {

    /** Access codes are as long as on other fast media. */
    private static final int CODE_BYTES = 16;

    /** What routing is told when the medium takes no time: like a fast wire, with packets of 16 KiB. */
    private static final long UNLIMITED_BITS_PER_SECOND = 100_000_000;

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static LoopbackSettings from(LoopbackConfig config, Map<String, ?> properties) {
        String name = config.interface_name();
        if (name == null || name.isBlank()) {
            throw refuse("interface.name is missing", "Give the interface a short name, for example lo0.");
        }
        double loss = config.loss_percent();
        if (!(loss >= 0 && loss <= 100)) {
            throw refuse("loss.percent = " + loss + " is not between 0 and 100", "0 loses nothing.");
        }
        if (config.delay_milliseconds() < 0) {
            throw refuse("delay.milliseconds = " + config.delay_milliseconds() + " is negative", "0 means no delay.");
        }
        long bitrate = config.bitrate_bits_per_second();
        if (bitrate != 0 && bitrate < 5) {
            throw refuse("bitrate.bits.per.second = " + bitrate + " is below 5", "0 means no limit.");
        }
        String peer = config.peer() == null || config.peer().isBlank()
                ? name
                : config.peer().strip();
        return new LoopbackSettings(
                name.strip(),
                peer,
                Duration.ofMillis(config.delay_milliseconds()),
                loss / 100,
                bitrate,
                Math.max(4_096, config.send_queue_bytes()),
                InterfacePolicy.parse(properties, CODE_BYTES));
    }

    /** Whether packets go the same way, if perhaps at another speed. */
    boolean isSameLine(LoopbackSettings other) {
        return name.equals(other.name) && peer.equals(other.peer) && policy.enabled() == other.policy.enabled();
    }

    /** Whether these settings open something: they are switched on and were not refused. */
    boolean canBeOpened() {
        return policy.enabled() && queueBytes > 0;
    }

    LinkBudget budget() {
        return LinkBudget.automatic(bitsPerSecond == 0 ? UNLIMITED_BITS_PER_SECOND : bitsPerSecond);
    }

    private static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }
}
