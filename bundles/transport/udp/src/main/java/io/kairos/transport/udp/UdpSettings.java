package io.kairos.transport.udp;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.util.Map;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param listenHost empty: the device decides
 * @param forwardHost empty: the device decides
 * @param device system interface; empty where none is given
 */
record UdpSettings(
        String name,
        String listenHost,
        int listenPort,
        String forwardHost,
        int forwardPort,
        String device,
        LinkBudget budget,
        InterfacePolicy policy)
        implements LineSettings {

    /** What Reticulum programs use, so that a packet fits into any datagram. */
    private static final int PACKET_BYTES = 1_064;

    private static final int CODE_BYTES = 16;

    private static final long USUAL_BITS_PER_SECOND = 10_000_000;

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static UdpSettings from(UdpConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "lan");
        long bitsPerSecond = Checks.bitsPerSecond(config.bitrate_bits_per_second(), USUAL_BITS_PER_SECOND);
        int listenPort = port("listen.port", config.listen_port(), 1);
        int forwardPort = port("forward.port", config.forward_port(), 0);
        return new UdpSettings(
                name,
                host("listen.host", config.listen_host()),
                listenPort,
                host("forward.host", config.forward_host()),
                forwardPort == 0 ? listenPort : forwardPort,
                config.device() == null ? "" : config.device().strip(),
                LinkBudget.plain(bitsPerSecond, PACKET_BYTES),
                InterfacePolicy.parse(properties, CODE_BYTES));
    }

    /** Enough to be shown, for settings that were refused. */
    static UdpSettings refused(Map<String, ?> properties) {
        return new UdpSettings(
                Checks.nameOfRefused(properties, UdpInterface.KIND_NAME),
                "",
                0,
                "",
                0,
                "",
                LinkBudget.plain(USUAL_BITS_PER_SECOND, PACKET_BYTES),
                InterfacePolicy.DEFAULT);
    }

    /** What an open socket depends on; a change of anything else does not touch it. */
    record Line(
            String name,
            String listenHost,
            int listenPort,
            String forwardHost,
            int forwardPort,
            String device,
            int longest,
            boolean enabled) {}

    @Override
    public Line line() {
        return new Line(name, listenHost, listenPort, forwardHost, forwardPort, device, longest(), policy.enabled());
    }

    /** Whether these settings open something: they are switched on and were not refused. */
    boolean canBeOpened() {
        return policy.enabled() && listenPort != 0;
    }

    /** Longest datagram that is a packet. */
    int longest() {
        return budget.packetBytes()
                + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
    }

    private static String host(String key, String given) {
        String host = given == null ? "" : given.strip();
        if (host.indexOf(':') >= 0) {
            throw Checks.refuse(
                    key + " = " + host + " is an IPv6 address", "Use an IPv4 address, or the auto transport for IPv6.");
        }
        return host;
    }

    private static int port(String key, int value, int min) {
        if (value < min || value > 65_535) {
            throw Checks.refuse(
                    "%s = %d is not between %d and 65535".formatted(key, value, min), "The usual port is 4242.");
        }
        return value;
    }
}
