package io.kairos.transport.tor;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The settings of a client, checked and in types that cannot be confused.
 *
 * @param line what the connection depends on
 * @param policy how the core shall treat the interface
 */
record TorClientSettings(Line line, InterfacePolicy policy) implements LineSettings {

    private static final String ONION = ".onion";
    private static final Pattern SERVICE = Pattern.compile("[a-z2-7]{56}");

    /** What the connection depends on. */
    record Line(
            String name,
            String host,
            int port,
            String proxyHost,
            int proxyPort,
            boolean isolation,
            Duration firstDelay,
            Duration longestDelay,
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
    static TorClientSettings from(TorClientConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "onion-eu");
        InterfacePolicy policy =
                InterfacePolicy.parse(properties, StreamSettings.CODE_BYTES).withTunnel();
        int first = Checks.between("reconnect.delay.seconds", config.reconnect_delay_seconds(), 1, 3_600, 5);
        int most = Checks.between("reconnect.delay.max.seconds", config.reconnect_delay_max_seconds(), 1, 86_400, 300);
        if (most < first) {
            throw Checks.refuse(
                    "reconnect.delay.max.seconds = %d is below reconnect.delay.seconds = %d".formatted(most, first),
                    "Raise the maximum or lower the first delay.");
        }
        Line line = new Line(
                name,
                host(config.target_host()),
                Checks.between("target.port", config.target_port(), 1, 65_535, 4_242),
                proxy(config.proxy_host()),
                Checks.between("proxy.port", config.proxy_port(), 1, 65_535, 9_050),
                config.isolation(),
                Duration.ofSeconds(first),
                Duration.ofSeconds(most),
                StreamSettings.check(
                        config.bitrate_bits_per_second(), config.packet_bytes(), config.send_queue_bytes(), policy));
        return new TorClientSettings(line, policy);
    }

    /** Enough to be shown, for settings that were refused. */
    static TorClientSettings refused(Map<String, ?> properties) {
        String name = Checks.nameOfRefused(properties, TorClientInterface.KIND_NAME);
        Duration pause = Duration.ofSeconds(5);
        return new TorClientSettings(
                new Line(name, "", 0, "", 0, true, pause, pause, StreamSettings.REFUSED), InterfacePolicy.DEFAULT);
    }

    private static String host(String given) {
        String host = given == null ? "" : given.strip().toLowerCase(Locale.ROOT);
        if (host.isEmpty()) {
            throw Checks.refuse("target.host is missing", "Write the address of the peer, usually ….onion.");
        }
        if (host.getBytes(StandardCharsets.UTF_8).length > Socks.LONGEST_TEXT || host.contains(" ")) {
            throw Checks.refuse("target.host is no name of a host", "Write the address of the peer, usually ….onion.");
        }
        if (host.endsWith(ONION) && !isOnion(host)) {
            throw Checks.refuse(
                    "target.host is no onion address",
                    "It has 56 letters and digits and ends in .onion; copy it from the other node's iface:show.");
        }
        return host;
    }

    /** Whether the last name before the end is the address of a service; tor ignores names before it. */
    private static boolean isOnion(String host) {
        String names = host.substring(0, host.length() - ONION.length());
        return SERVICE.matcher(names.substring(names.lastIndexOf('.') + 1)).matches();
    }

    private static String proxy(String given) {
        if (given == null || given.isBlank()) {
            throw Checks.refuse("proxy.host is empty", "The default is 127.0.0.1.");
        }
        return given.strip();
    }
}
