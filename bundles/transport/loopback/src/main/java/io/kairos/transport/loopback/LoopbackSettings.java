package io.kairos.transport.loopback;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
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
        InterfacePolicy policy)
        implements LineSettings {

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
        String name = Checks.name(config.interface_name(), properties, "lo0");
        double loss = config.loss_percent();
        if (!(loss >= 0 && loss <= 100)) {
            throw Checks.refuse("loss.percent = " + loss + " is not between 0 and 100", "0 loses nothing.");
        }
        if (config.delay_milliseconds() < 0) {
            throw Checks.refuse(
                    "delay.milliseconds = " + config.delay_milliseconds() + " is negative", "0 means no delay.");
        }
        long bitrate = config.bitrate_bits_per_second();
        if (bitrate != 0 && bitrate < 5) {
            throw Checks.refuse("bitrate.bits.per.second = " + bitrate + " is below 5", "0 means no limit.");
        }
        String peer = config.peer() == null || config.peer().isBlank()
                ? name
                : config.peer().strip();
        return new LoopbackSettings(
                name,
                peer,
                Duration.ofMillis(config.delay_milliseconds()),
                loss / 100,
                bitrate,
                Math.max(4_096, config.send_queue_bytes()),
                InterfacePolicy.parse(properties, CODE_BYTES));
    }

    /** Enough to have a name and to be shown, for settings that were refused. */
    static LoopbackSettings refused(Map<String, ?> properties) {
        String name = Checks.nameOfRefused(properties, LoopbackInterface.KIND_NAME);
        return new LoopbackSettings(name, name, Duration.ZERO, 0, 0, 0, InterfacePolicy.DEFAULT);
    }

    /** Where packets go, if perhaps at another speed. */
    record Line(String name, String peer) {}

    @Override
    public Line line() {
        return new Line(name, peer);
    }

    /** Whether these settings open something: they are switched on and were not refused. */
    boolean canBeOpened() {
        return policy.enabled() && queueBytes > 0;
    }

    @Override
    public LinkBudget budget() {
        return LinkBudget.automatic(bitsPerSecond == 0 ? UNLIMITED_BITS_PER_SECOND : bitsPerSecond);
    }
}
