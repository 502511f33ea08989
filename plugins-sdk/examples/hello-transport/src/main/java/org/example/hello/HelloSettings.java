package org.example.hello;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import java.util.Map;

/** The settings, checked once and in types that cannot be confused. */
record HelloSettings(
        String name, int listenPort, String peerHost, int peerPort, LinkBudget budget, InterfacePolicy policy) {

    /** Largest packet; every medium has to carry 500 bytes. */
    private static final int PACKET_BYTES = 500;

    /** Size of access codes where the operator chooses none: 8 for slow media, 16 for fast ones. */
    private static final int CODE_BYTES = 16;

    /** Set by the node when its own check has refused a setting; its text is why. */
    private static final String REFUSED = "kairos.refused";

    /**
     * Checks the settings.
     *
     * @param properties the same settings as a map; those that every interface has (mode, access code …) are read from it
     * @throws MeshException that names key, value and remedy
     */
    static HelloSettings from(HelloConfig config, Map<String, ?> properties) {
        String name = config.interface_name();
        if (name == null || name.isBlank()) {
            throw refuse("interface.name is missing", "Give the interface a short name.");
        }
        if (properties.get(REFUSED) != null) {
            throw refuse(properties.get(REFUSED).toString(), "Correct the setting; mesh:doctor names file and key.");
        }
        return new HelloSettings(
                name.strip(),
                port("listen.port", config.listen_port()),
                config.peer_host().strip(),
                port("peer.port", config.peer_port()),
                budget(config.bitrate_bits_per_second()),
                InterfacePolicy.parse(properties, CODE_BYTES));
    }

    /** Enough to be shown, for settings that were refused. */
    static HelloSettings refused(Map<String, ?> properties) {
        String name = String.valueOf(properties.get("interface.name"));
        return new HelloSettings(name, 0, "", 0, budget(1_000_000), InterfacePolicy.DEFAULT);
    }

    /** Most bytes of a packet with its access code. */
    int longest() {
        return budget.packetBytes()
                + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
    }

    private static LinkBudget budget(long bitsPerSecond) {
        if (bitsPerSecond < 5) {
            throw refuse("bitrate.bits.per.second = " + bitsPerSecond + " is below 5", "The default is 1000000.");
        }
        return LinkBudget.plain(bitsPerSecond, PACKET_BYTES);
    }

    private static int port(String key, int value) {
        if (value < 1 || value > 65_535) {
            throw refuse("%s = %d is not between 1 and 65535".formatted(key, value), "Choose a free port.");
        }
        return value;
    }

    private static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }
}
