package io.kairos.transport.tor;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of an onion service, checked and in types that cannot be confused.
 *
 * @param line what the service depends on
 * @param mostConnections that others may make at the same time
 * @param policy how the core shall treat the interface and its children
 */
record TorServerSettings(Line line, int mostConnections, InterfacePolicy policy) implements LineSettings {

    /** What the service depends on. */
    record Line(
            String name,
            int onionPort,
            String controlHost,
            int controlPort,
            ControlLogin login,
            int listenPort,
            Duration publishing,
            Duration reconnectDelay,
            StreamSettings stream) {}

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public LinkBudget budget() {
        return line.stream().budget();
    }

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static TorServerSettings from(TorServerConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "onion");
        InterfacePolicy policy = InterfacePolicy.parse(properties, StreamSettings.CODE_BYTES);
        if (config.control_host() == null || config.control_host().isBlank()) {
            throw Checks.refuse("control.host is empty", "The default is 127.0.0.1.");
        }
        Line line = new Line(
                name,
                Checks.between("onion.port", config.onion_port(), 1, 65_535, 4_242),
                config.control_host().strip(),
                Checks.between("control.port", config.control_port(), 1, 65_535, 9_051),
                new ControlLogin(given(config.control_cookie_file()), given(config.control_password())),
                Checks.between("listen.port", config.listen_port(), 0, 65_535, 0),
                Duration.ofSeconds(
                        Checks.between("publish.timeout.seconds", config.publish_timeout_seconds(), 1, 3_600, 180)),
                Duration.ofSeconds(
                        Checks.between("reconnect.delay.seconds", config.reconnect_delay_seconds(), 1, 3_600, 5)),
                StreamSettings.check(
                        config.bitrate_bits_per_second(), config.packet_bytes(), config.send_queue_bytes(), policy));
        int most = Checks.between("maximum.connections", config.maximum_connections(), 1, 4_096, 128);
        return new TorServerSettings(line, most, policy);
    }

    /** Enough to be shown, for settings that were refused. */
    static TorServerSettings refused(Map<String, ?> properties) {
        Line line = new Line(
                Checks.nameOfRefused(properties, TorServerInterface.KIND_NAME),
                0,
                "",
                0,
                new ControlLogin(Optional.empty(), Optional.empty()),
                0,
                Duration.ofSeconds(180),
                Duration.ofSeconds(5),
                StreamSettings.REFUSED);
        return new TorServerSettings(line, 0, InterfacePolicy.DEFAULT);
    }

    private static Optional<String> given(String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }
}
