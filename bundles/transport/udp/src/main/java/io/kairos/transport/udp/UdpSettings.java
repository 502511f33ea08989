package io.kairos.transport.udp;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
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
        InterfacePolicy policy) {

    /** What Reticulum programs use, so that a packet fits into any datagram. */
    private static final int PACKET_BYTES = 1_064;

    private static final int CODE_BYTES = 16;

    /** Set by the node's own configuration check when it refused the settings; its text is why. */
    private static final String REFUSED = "kairos.refused";

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static UdpSettings from(UdpConfig config, Map<String, ?> properties) {
        if (config.interface_name() == null || config.interface_name().isBlank()) {
            throw refuse("interface.name is missing", "Give the interface a short name, for example lan.");
        }
        if (properties.get(REFUSED) != null) {
            throw refuse(properties.get(REFUSED).toString(), "Correct the setting; mesh:doctor names file and key.");
        }
        if (config.bitrate_bits_per_second() < 5) {
            throw refuse(
                    "bitrate.bits.per.second = " + config.bitrate_bits_per_second() + " is below 5",
                    "The default is 10000000.");
        }
        int listenPort = port("listen.port", config.listen_port(), 1);
        int forwardPort = port("forward.port", config.forward_port(), 0);
        return new UdpSettings(
                config.interface_name().strip(),
                host("listen.host", config.listen_host()),
                listenPort,
                host("forward.host", config.forward_host()),
                forwardPort == 0 ? listenPort : forwardPort,
                config.device() == null ? "" : config.device().strip(),
                LinkBudget.plain(config.bitrate_bits_per_second(), PACKET_BYTES),
                InterfacePolicy.parse(properties, CODE_BYTES));
    }

    /** Enough to be shown, for settings that were refused. */
    static UdpSettings refused(Map<String, ?> properties) {
        Object name = properties.get("interface.name");
        return new UdpSettings(
                name == null ? "udp" : name.toString(),
                "",
                0,
                "",
                0,
                "",
                LinkBudget.plain(10_000_000, PACKET_BYTES),
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

    Line line() {
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
            throw refuse(
                    key + " = " + host + " is an IPv6 address", "Use an IPv4 address, or the auto transport for IPv6.");
        }
        return host;
    }

    private static int port(String key, int value, int min) {
        if (value < min || value > 65_535) {
            throw refuse("%s = %d is not between %d and 65535".formatted(key, value, min), "The usual port is 4242.");
        }
        return value;
    }

    private static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }
}
