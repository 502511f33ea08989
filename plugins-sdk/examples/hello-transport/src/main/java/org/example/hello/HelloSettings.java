package org.example.hello;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.util.List;
import java.util.Map;

/** The settings, checked once and in types that cannot be confused. */
record HelloSettings(
        String name, int listenPort, String peerHost, int peerPort, LinkBudget budget, InterfacePolicy policy)
        implements LineSettings {

    /** Largest packet; every medium has to carry 500 bytes. */
    private static final int PACKET_BYTES = 500;

    /** Size of access codes where the operator chooses none: 8 for slow media, 16 for fast ones. */
    private static final int CODE_BYTES = 16;

    private static final long USUAL_BITS_PER_SECOND = 1_000_000;

    /**
     * Checks the settings.
     *
     * @param properties the same settings as a map; those that every interface has (mode, access code …) are read from it
     * @throws MeshException that names key, value and remedy
     */
    static HelloSettings from(HelloConfig config, Map<String, ?> properties) {
        return new HelloSettings(
                Checks.name(config.interface_name(), properties, "hello0"),
                port("listen.port", config.listen_port(), 4_243),
                config.peer_host().strip(),
                port("peer.port", config.peer_port(), 4_244),
                budget(Checks.bitsPerSecond(config.bitrate_bits_per_second(), USUAL_BITS_PER_SECOND)),
                InterfacePolicy.parse(properties, CODE_BYTES));
    }

    /** Enough to be shown, for settings that were refused. */
    static HelloSettings refused(Map<String, ?> properties) {
        String name = Checks.nameOfRefused(properties, HelloInterface.KIND_NAME);
        return new HelloSettings(name, 0, "", 0, budget(USUAL_BITS_PER_SECOND), InterfacePolicy.DEFAULT);
    }

    /** What is open depends on these; where none of them changes it stays open. */
    @Override
    public Object line() {
        return List.of(name, listenPort, peerHost, peerPort, longest());
    }

    /** Most bytes of a packet with its access code. */
    int longest() {
        return budget.packetBytes()
                + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
    }

    private static LinkBudget budget(long bitsPerSecond) {
        return LinkBudget.plain(bitsPerSecond, PACKET_BYTES);
    }

    private static int port(String key, int value, int usual) {
        return Checks.between(key, value, 1, 65_535, usual);
    }
}
