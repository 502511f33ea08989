package io.kairos.transport.websocket;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a server, checked and in types that cannot be confused.
 *
 * @param line what the open port depends on: when it changes, it is opened anew
 * @param connections most peers at the same time
 * @param queueBytes most bytes that wait to be sent on one connection
 * @param policy how the core shall treat the interface and its children
 */
record WebSocketServerSettings(Line line, int connections, int queueBytes, InterfacePolicy policy)
        implements LineSettings {

    /** All addresses of this machine. */
    static final String EVERYWHERE = "*";

    /**
     * What the open port depends on.
     *
     * @param secret {@code null} in settings that were refused
     * @param certificate of its own TLS; empty where a web server stands in front
     * @param site empty: one neutral page
     * @param longest most bytes of a packet with its access code
     */
    record Line(
            String name,
            String host,
            int port,
            SecretPath secret,
            Optional<Path> certificate,
            Optional<Path> key,
            Optional<Path> site,
            int connectionsPerAddress,
            Duration ping,
            LinkBudget budget,
            int longest,
            boolean enabled) {}

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static WebSocketServerSettings from(WebSocketServerConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "site");
        InterfacePolicy policy = InterfacePolicy.parse(properties, Sizes.CODE_BYTES);
        LinkBudget budget = Sizes.budget(config.bitrate_bits_per_second());
        Optional<Path> certificate = Sizes.path("tls.certificate.file", config.tls_certificate_file());
        Optional<Path> key = Sizes.path("tls.key.file", config.tls_key_file());
        if (certificate.isPresent() != key.isPresent()) {
            throw Checks.refuse(
                    "Of tls.certificate.file and tls.key.file one is missing",
                    "Give both, or none where a web server stands in front.");
        }
        Line line = new Line(
                name,
                config.listen_host() == null || config.listen_host().isBlank()
                        ? EVERYWHERE
                        : config.listen_host().strip(),
                Checks.between("listen.port", config.listen_port(), 1, 65_535, 8_480),
                SecretPath.of("secret.path", config.secret_path()),
                certificate,
                key,
                Sizes.path("site.folder", config.site_folder()),
                Checks.between(
                        "maximum.connections.per.address", config.maximum_connections_per_address(), 1, 4_096, 16),
                Sizes.ping(config.ping_interval_seconds()),
                budget,
                Sizes.longest(budget, policy),
                policy.enabled());
        return new WebSocketServerSettings(
                line,
                Checks.between("maximum.connections", config.maximum_connections(), 1, 4_096, 256),
                Sizes.queueBytes(config.send_queue_bytes(), line.longest()),
                policy);
    }

    /** Enough to be shown, for settings that were refused. */
    static WebSocketServerSettings refused(Map<String, ?> properties) {
        LinkBudget budget = Sizes.budget(Sizes.USUAL_BITS_PER_SECOND);
        Line line = new Line(
                Checks.nameOfRefused(properties, WebSocketServerInterface.KIND_NAME),
                EVERYWHERE,
                0,
                null,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                Duration.ofSeconds(30),
                budget,
                Sizes.longest(budget, InterfacePolicy.DEFAULT),
                false);
        return new WebSocketServerSettings(line, 1, Sizes.USUAL_QUEUE_BYTES, InterfacePolicy.DEFAULT);
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
