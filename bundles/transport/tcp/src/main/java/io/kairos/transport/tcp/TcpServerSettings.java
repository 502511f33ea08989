package io.kairos.transport.tcp;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of a server, checked and in types that cannot be confused.
 *
 * @param line what the listener and its connections depend on: when it changes, they are made anew
 * @param limits how many neighbours may come and how
 * @param queueBytes most bytes that wait to be sent on one connection
 * @param policy how the core shall treat the interface and its children
 */
record TcpServerSettings(Line line, Limits limits, int queueBytes, InterfacePolicy policy) implements LineSettings {

    /** All addresses of this machine, IPv4 and IPv6. */
    static final String EVERYWHERE = "*";

    private static final int MOST_AUTOMATIC_THREADS = 4;

    /**
     * What a listener depends on.
     *
     * @param device system interface to listen on; empty where {@code host} says it
     * @param longest most bytes of a packet with its access code
     */
    record Line(
            String name,
            String host,
            int port,
            String device,
            LinkBudget budget,
            int longest,
            int threads,
            boolean enabled) {

        /** Host and port as Reticulum writes them. */
        String endpoint() {
            return Endpoints.text(host.equals(EVERYWHERE) ? "0.0.0.0" : host, port);
        }
    }

    /**
     * How many neighbours may come and how.
     *
     * @param flapGrace short connections that are forgiven; below zero: nobody is ever blocked
     */
    record Limits(int connections, int connectionsPerAddress, int flapGrace, Duration flapShort, Duration flapBlock) {}

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public LinkBudget budget() {
        return line.budget();
    }

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static TcpServerSettings from(TcpServerConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, TcpChecks.EXAMPLE_NAME);
        InterfacePolicy policy = InterfacePolicy.parse(properties, TcpChecks.CODE_BYTES);
        LinkBudget budget = TcpChecks.budget(config.bitrate_bits_per_second());
        int longest = TcpChecks.longest(budget, policy);
        String host = config.listen_host() == null || config.listen_host().isBlank()
                ? EVERYWHERE
                : config.listen_host().strip();
        Line line = new Line(
                name,
                host,
                TcpChecks.port("listen.port", config.listen_port()),
                config.device() == null ? "" : config.device().strip(),
                budget,
                longest,
                threads(Checks.between("threads", config.threads(), 0, 64, 0)),
                policy.enabled());
        return new TcpServerSettings(
                line, limits(config), TcpChecks.queueBytes(config.send_queue_bytes(), longest), policy);
    }

    /** Enough to be shown, for settings that were refused. */
    static TcpServerSettings refused(Map<String, ?> properties) {
        Line line = new Line(
                Checks.nameOfRefused(properties, "tcp-server"),
                EVERYWHERE,
                0,
                "",
                TcpChecks.budget(TcpChecks.USUAL_BITS_PER_SECOND),
                8_208,
                1,
                false);
        Limits limits = new Limits(0, 0, 0, Duration.ZERO, Duration.ZERO);
        return new TcpServerSettings(line, limits, 0, InterfacePolicy.DEFAULT);
    }

    private static Limits limits(TcpServerConfig config) {
        int grace = Checks.between("fast.flapping.grace", config.fast_flapping_grace(), 0, 100_000, 5);
        return new Limits(
                Checks.between("maximum.connections", config.maximum_connections(), 1, 1_000_000, 4_096),
                Checks.between(
                        "maximum.connections.per.address", config.maximum_connections_per_address(), 1, 1_000_000, 64),
                config.fast_flapping_block() ? grace : -1,
                Duration.ofSeconds(Checks.between(
                        "fast.flapping.threshold.seconds", config.fast_flapping_threshold_seconds(), 1, 3_600, 20)),
                Duration.ofMinutes(Checks.between(
                        "fast.flapping.block.minutes", config.fast_flapping_block_minutes(), 1, 100_000, 720)));
    }

    private static int threads(int given) {
        return given > 0 ? given : Math.min(Runtime.getRuntime().availableProcessors(), MOST_AUTOMATIC_THREADS);
    }
}
