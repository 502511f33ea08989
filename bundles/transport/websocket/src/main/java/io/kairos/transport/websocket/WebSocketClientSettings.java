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
 * The settings of a client, checked and in types that cannot be confused.
 *
 * @param line what the connection depends on: when it changes, it is made anew
 * @param queueBytes most bytes that wait to be sent
 * @param policy how the core shall treat the interface
 */
record WebSocketClientSettings(Line line, int queueBytes, InterfacePolicy policy) implements LineSettings {

    private static final int MOST_USER_AGENT = 300;

    /**
     * What the connection depends on.
     *
     * @param url {@code null} in settings that were refused
     * @param trusted certificates that are trusted alone
     * @param proxy through which the peer is called
     * @param longest most bytes of a packet with its access code
     */
    record Line(
            String name,
            PeerUrl url,
            Optional<Path> trusted,
            Optional<HttpProxy> proxy,
            String userAgent,
            Duration ping,
            Duration firstDelay,
            Duration longestDelay,
            Duration connectTimeout,
            LinkBudget budget,
            int longest,
            boolean enabled) {}

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static WebSocketClientSettings from(WebSocketClientConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "quiet-way");
        int first = Checks.between("reconnect.delay.seconds", config.reconnect_delay_seconds(), 1, 3_600, 5);
        int most = Checks.between("reconnect.delay.max.seconds", config.reconnect_delay_max_seconds(), 1, 86_400, 300);
        if (most < first) {
            throw Checks.refuse(
                    "reconnect.delay.max.seconds = %d is below reconnect.delay.seconds = %d".formatted(most, first),
                    "Raise the maximum or lower the first delay.");
        }
        InterfacePolicy policy = InterfacePolicy.parse(properties, Sizes.CODE_BYTES);
        LinkBudget budget = Sizes.budget(config.bitrate_bits_per_second());
        Line line = new Line(
                name,
                PeerUrl.of(config.peer_url()),
                Sizes.path("certificate.file", config.certificate_file()),
                HttpProxy.of(config),
                userAgent(config.user_agent()),
                Sizes.ping(config.ping_interval_seconds()),
                Duration.ofSeconds(first),
                Duration.ofSeconds(most),
                Duration.ofSeconds(
                        Checks.between("connect.timeout.seconds", config.connect_timeout_seconds(), 1, 120, 10)),
                budget,
                Sizes.longest(budget, policy),
                policy.enabled());
        return new WebSocketClientSettings(
                line, Sizes.queueBytes(config.send_queue_bytes(), line.longest()), policy.withTunnel());
    }

    /** Enough to be shown, for settings that were refused. */
    static WebSocketClientSettings refused(Map<String, ?> properties) {
        LinkBudget budget = Sizes.budget(Sizes.USUAL_BITS_PER_SECOND);
        Line line = new Line(
                Checks.nameOfRefused(properties, WebSocketClientInterface.KIND_NAME),
                null,
                Optional.empty(),
                Optional.empty(),
                "",
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(300),
                Duration.ofSeconds(10),
                budget,
                Sizes.longest(budget, InterfacePolicy.DEFAULT),
                false);
        return new WebSocketClientSettings(line, Sizes.USUAL_QUEUE_BYTES, InterfacePolicy.DEFAULT);
    }

    private static String userAgent(String given) {
        String text = given == null ? "" : given.strip();
        boolean isPlain = !text.isEmpty()
                && text.length() <= MOST_USER_AGENT
                && text.chars().allMatch(c -> c >= ' ' && c < 127);
        if (!isPlain) {
            throw Checks.refuse(
                    "user.agent is no line of plain text", "Copy it from a browser, or remove the setting.");
        }
        return text;
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
