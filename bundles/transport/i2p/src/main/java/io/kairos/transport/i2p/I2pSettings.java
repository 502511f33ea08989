package io.kairos.transport.i2p;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import io.kairos.lib.stream.HdlcStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param line what open connections depend on
 * @param mostIncoming connections that others may make
 * @param policy how the core shall treat the interface and its children
 */
record I2pSettings(Line line, int mostIncoming, InterfacePolicy policy) implements LineSettings {

    /** What Reticulum's interface of this kind takes. */
    static final int PACKET_BYTES = 1_064;

    private static final int CODE_BYTES = 16;
    private static final int MOST_PEERS = 64;

    /**
     * What the connections depend on.
     *
     * @param options of a session, as the bridge wants them; empty for the usual ones
     * @param setUpDelay pause after the first attempt at a peer
     */
    record Line(
            String name,
            List<PeerAddress> peers,
            boolean connectable,
            String host,
            int port,
            String options,
            Duration setUpDelay,
            Duration reconnectDelay,
            HdlcStream.Limits limits,
            LinkBudget budget) {}

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
    static I2pSettings from(I2pConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "hidden");
        InterfacePolicy policy = InterfacePolicy.parse(properties, CODE_BYTES);
        List<PeerAddress> peers = peers(config.peers());
        if (peers.isEmpty() && !config.connectable()) {
            throw Checks.refuse(
                    "peers is empty and connectable is false, so the interface would reach nobody",
                    "Add the address of a peer, or connectable = true.");
        }
        String host = config.bridge_host() == null ? "" : config.bridge_host().strip();
        if (host.isEmpty()) {
            throw Checks.refuse("bridge.host is empty", "The default is 127.0.0.1.");
        }
        LinkBudget budget = LinkBudget.plain(
                Checks.between(
                        "bitrate.bits.per.second", config.bitrate_bits_per_second(), 5, 1_000_000_000_000L, 256_000),
                PACKET_BYTES);
        HdlcStream.Limits limits = new HdlcStream.Limits(
                1,
                PACKET_BYTES + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES),
                Checks.between("send.queue.bytes", config.send_queue_bytes(), 4_096, 16 << 20, 131_072));
        int setUp = Checks.between("setup.delay.seconds", config.setup_delay_seconds(), 1, 3_600, 8);
        int reconnect = Checks.between("reconnect.delay.seconds", config.reconnect_delay_seconds(), 1, 3_600, 15);
        Line line = new Line(
                name,
                peers,
                config.connectable(),
                host,
                Checks.between("bridge.port", config.bridge_port(), 1, 65_535, 7_656),
                options(config),
                Duration.ofSeconds(Math.min(setUp, reconnect)),
                Duration.ofSeconds(reconnect),
                limits,
                budget);
        int most = Checks.between("maximum.connections", config.maximum_connections(), 1, 1_000, 64);
        return new I2pSettings(line, most, policy);
    }

    /** Enough to be shown, for settings that were refused. */
    static I2pSettings refused(Map<String, ?> properties) {
        Line line = new Line(
                Checks.nameOfRefused(properties, I2pInterface.KIND_NAME),
                List.of(),
                false,
                "",
                0,
                "",
                Duration.ofSeconds(8),
                Duration.ofSeconds(15),
                new HdlcStream.Limits(1, PACKET_BYTES, 4_096),
                LinkBudget.plain(256_000, PACKET_BYTES));
        return new I2pSettings(line, 0, InterfacePolicy.DEFAULT);
    }

    private static List<PeerAddress> peers(String[] given) {
        List<PeerAddress> peers = new ArrayList<>();
        for (String entry : given == null ? new String[0] : given) {
            if (!entry.isBlank()) {
                PeerAddress peer = PeerAddress.parse(entry);
                if (!peers.contains(peer)) {
                    peers.add(peer);
                }
            }
        }
        if (peers.size() > MOST_PEERS) {
            throw Checks.refuse(
                    "peers has %d entries, more than %d".formatted(peers.size(), MOST_PEERS),
                    "Each of them costs a session of the I2P router; a few are enough for a mesh.");
        }
        return List.copyOf(peers);
    }

    private static String options(I2pConfig config) {
        List<String> options = new ArrayList<>();
        int hops = Checks.between("tunnel.hops", config.tunnel_hops(), -1, 7, -1);
        if (hops >= 0) {
            options.add("inbound.length=" + hops + " outbound.length=" + hops);
        }
        int quantity = Checks.between("tunnel.quantity", config.tunnel_quantity(), 0, 16, 0);
        if (quantity > 0) {
            options.add("inbound.quantity=" + quantity + " outbound.quantity=" + quantity);
        }
        return String.join(" ", options);
    }
}
