package io.kairos.transport.satellite;

import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import io.kairos.lib.medium.paid.Costs;
import io.kairos.lib.medium.paid.Reserve;
import io.kairos.lib.medium.paid.Windows;
import java.util.Map;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param line what the connection depends on
 * @param policy how the core shall treat the interface
 */
record SatelliteSettings(Peer line, InterfacePolicy policy) implements LineSettings {

    private static final int PACKET_BYTES = 500;
    private static final int CODE_BYTES = 8;

    /**
     * Where the other end is and what it costs to talk to it.
     *
     * @param longest most bytes of a packet with its access code
     */
    record Peer(
            String name,
            String host,
            int port,
            boolean countsReceived,
            int overheadBytes,
            Terms terms,
            int queueBytes,
            int longest) {}

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public LinkBudget budget() {
        return line.terms().costs().usual();
    }

    /**
     * Checks the settings.
     *
     * @throws io.kairos.api.failure.MeshException that names key, value and remedy
     */
    static SatelliteSettings from(SatelliteConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "sat");
        if (config.peer_host() == null || config.peer_host().isBlank()) {
            throw Checks.refuse("peer.host is missing", "Write the host name or address of the node on the ground.");
        }
        InterfacePolicy policy = InterfacePolicy.parse(properties, CODE_BYTES);
        long bitrate = Checks.bitsPerSecond(config.bitrate_bits_per_second(), 2_400);
        Costs costs = new Costs(
                bitrate,
                PACKET_BYTES,
                Costs.perMegabyte(config.cost_per_megabyte()),
                1,
                Windows.parse(config.window_period_minutes(), config.window_length_minutes(), config.window_first()));
        Peer peer = new Peer(
                name,
                config.peer_host().strip(),
                Checks.between("peer.port", config.peer_port(), 1, 65_535, 4_242),
                config.budget_counts_received(),
                Checks.between("budget.overhead.bytes", config.budget_overhead_bytes(), 0, 1_000, 40),
                new Terms(
                        name,
                        Checks.between(
                                "budget.bytes.per.month", config.budget_bytes_per_month(), 0, 1L << 50, 1_000_000),
                        "bytes",
                        Reserve.ofPercent(config.budget_reserve_percent()),
                        costs),
                Checks.between("send.queue.bytes", config.send_queue_bytes(), 4_096, 1 << 20, 65_536),
                PACKET_BYTES + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES));
        return new SatelliteSettings(peer, policy);
    }

    /** Enough to be shown, for settings that were refused. */
    static SatelliteSettings refused(Map<String, ?> properties) {
        String name = Checks.nameOfRefused(properties, SatelliteInterface.KIND_NAME);
        Peer none = new Peer(
                name,
                "",
                0,
                false,
                0,
                new Terms(name, 0, "", new Reserve(0), new Costs(2_400, PACKET_BYTES, 0, 1, Windows.ALWAYS)),
                4_096,
                PACKET_BYTES);
        return new SatelliteSettings(none, InterfacePolicy.DEFAULT);
    }
}
