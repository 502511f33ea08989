package io.kairos.transport.yggdrasil;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param line what the open port and its connections depend on: when it changes, they are made anew
 * @param connections most neighbours at the same time
 * @param policy how the core shall treat the interface and its children
 */
record YggdrasilSettings(Line line, int connections, InterfacePolicy policy) implements LineSettings {

    private static final int CODE_BYTES = 16;
    private static final int LEAST_PACKET_BYTES = 500;
    private static final long USUAL_BITS_PER_SECOND = 10_000_000;
    private static final int USUAL_QUEUE_BYTES = 1_310_720;

    /**
     * What the open port and its connections depend on.
     *
     * @param admin where the daemon may answer
     * @param port 0 in settings that were refused
     * @param longest most bytes of a packet with its access code
     */
    record Line(
            String name,
            List<AdminAddress> admin,
            int port,
            List<PeerAddress> peers,
            Duration check,
            Duration firstDelay,
            Duration longestDelay,
            int queueBytes,
            LinkBudget budget,
            int longest,
            boolean enabled) {}

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static YggdrasilSettings from(YggdrasilConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "ygg");
        int first = Checks.between("reconnect.delay.seconds", config.reconnect_delay_seconds(), 1, 3_600, 5);
        int most = Checks.between("reconnect.delay.max.seconds", config.reconnect_delay_max_seconds(), 1, 86_400, 300);
        if (most < first) {
            throw Checks.refuse(
                    "reconnect.delay.max.seconds = %d is below reconnect.delay.seconds = %d".formatted(most, first),
                    "Raise the maximum or lower the first delay.");
        }
        InterfacePolicy policy = InterfacePolicy.parse(properties, CODE_BYTES);
        LinkBudget budget = budget(config.bitrate_bits_per_second());
        int longest = longest(budget, policy);
        int port = Checks.between("listen.port", config.listen_port(), 1, 65_535, 4_242);
        int queue = Checks.between("send.queue.bytes", config.send_queue_bytes(), 4_096, 64 << 20, USUAL_QUEUE_BYTES);
        Line line = new Line(
                name,
                AdminAddress.of(config.admin_socket()),
                port,
                PeerAddress.all(config.peers(), 4_242),
                Duration.ofSeconds(
                        Checks.between("check.interval.seconds", config.check_interval_seconds(), 1, 3_600, 15)),
                Duration.ofSeconds(first),
                Duration.ofSeconds(most),
                Math.max(queue, 2 * Hdlc.maximumFrameBytes(longest)), // two packets at least
                budget,
                longest,
                policy.enabled());
        return new YggdrasilSettings(
                line, Checks.between("maximum.connections", config.maximum_connections(), 1, 1_024, 128), policy);
    }

    /** Enough to be shown, for settings that were refused. */
    static YggdrasilSettings refused(Map<String, ?> properties) {
        LinkBudget budget = budget(USUAL_BITS_PER_SECOND);
        Line line = new Line(
                Checks.nameOfRefused(properties, YggdrasilInterface.KIND_NAME),
                List.of(),
                0,
                List.of(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(300),
                USUAL_QUEUE_BYTES,
                budget,
                longest(budget, InterfacePolicy.DEFAULT),
                false);
        return new YggdrasilSettings(line, 1, InterfacePolicy.DEFAULT);
    }

    private static LinkBudget budget(long bitsPerSecond) {
        LinkBudget automatic = LinkBudget.automatic(Checks.bitsPerSecond(bitsPerSecond, USUAL_BITS_PER_SECOND));
        return automatic.packetBytes() == 0 ? LinkBudget.plain(bitsPerSecond, LEAST_PACKET_BYTES) : automatic;
    }

    private static int longest(LinkBudget budget, InterfacePolicy policy) {
        return budget.packetBytes()
                + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
    }

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public LinkBudget budget() {
        return line.budget();
    }
}
