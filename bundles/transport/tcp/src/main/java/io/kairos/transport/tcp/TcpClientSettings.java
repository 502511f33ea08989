package io.kairos.transport.tcp;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of a client, checked and in types that cannot be confused.
 *
 * @param line what a connection depends on: when it changes, the connection is made anew
 * @param queueBytes most bytes that wait to be sent
 * @param policy how the core shall treat the interface
 */
record TcpClientSettings(Line line, int queueBytes, InterfacePolicy policy) implements LineSettings {

    /**
     * What a connection depends on.
     *
     * @param longest most bytes of a packet with its access code
     */
    record Line(
            String name,
            String host,
            int port,
            Framing framing,
            LinkBudget budget,
            int longest,
            Duration reconnectDelay,
            Duration connectTimeout,
            boolean enabled) {

        /** Host and port as Reticulum writes them. */
        String endpoint() {
            return Endpoints.text(host, port);
        }
    }

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
    static TcpClientSettings from(TcpClientConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, TcpChecks.EXAMPLE_NAME);
        String host = config.peer_host();
        if (host == null || host.isBlank()) {
            throw Checks.refuse("peer.host is missing", "Set it to the host name or address of the peer.");
        }
        Framing framing = framing(config.framing());
        InterfacePolicy policy = InterfacePolicy.parse(properties, TcpChecks.CODE_BYTES);
        LinkBudget budget = budget(config);
        int longest = TcpChecks.longest(budget, policy);
        Line line = new Line(
                name,
                host.strip(),
                TcpChecks.port("peer.port", config.peer_port()),
                framing,
                budget,
                longest,
                Duration.ofSeconds(
                        Checks.between("reconnect.delay.seconds", config.reconnect_delay_seconds(), 1, 3_600, 5)),
                Duration.ofSeconds(
                        Checks.between("connect.timeout.seconds", config.connect_timeout_seconds(), 1, 120, 5)),
                policy.enabled());
        return new TcpClientSettings(
                line,
                TcpChecks.queueBytes(config.send_queue_bytes(), longest),
                framing == Framing.KISS ? policy : policy.withTunnel());
    }

    /** Enough to be shown, for settings that were refused. */
    static TcpClientSettings refused(Map<String, ?> properties) {
        Line line = new Line(
                Checks.nameOfRefused(properties, "tcp-client"),
                String.valueOf(properties.get("peer.host")),
                0,
                Framing.HDLC,
                TcpChecks.budget(TcpChecks.USUAL_BITS_PER_SECOND),
                8_208,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                false);
        return new TcpClientSettings(line, 0, InterfacePolicy.DEFAULT);
    }

    private static Framing framing(String word) {
        return switch (word == null ? "" : word.strip().toLowerCase(Locale.ROOT)) {
            case "hdlc" -> Framing.HDLC;
            case "kiss" -> Framing.KISS;
            default -> throw Checks.refuse("framing = " + word + " is neither hdlc nor kiss", "Other nodes use hdlc.");
        };
    }

    private static LinkBudget budget(TcpClientConfig config) {
        LinkBudget automatic = TcpChecks.budget(config.bitrate_bits_per_second());
        int fixed = config.fixed_packet_bytes();
        if (fixed == 0) {
            return automatic;
        }
        Checks.between("fixed.packet.bytes", fixed, 500, 1 << 20, 0);
        return LinkBudget.fixed(automatic.bitsPerSecond(), fixed);
    }
}
