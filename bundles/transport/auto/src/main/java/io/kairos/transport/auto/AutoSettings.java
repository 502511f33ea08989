package io.kairos.transport.auto;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param devices only these system interfaces; empty: all
 * @param ignoredDevices never these
 */
record AutoSettings(
        String name,
        String groupId,
        Group.Scope scope,
        boolean temporaryAddress,
        int discoveryPort,
        int dataPort,
        Set<String> devices,
        Set<String> ignoredDevices,
        LinkBudget budget,
        InterfacePolicy policy) {

    private static final int PACKET_BYTES = 1_196;
    private static final int CODE_BYTES = 16;

    /** Set by the node's own configuration check when it refused the settings; its text is why. */
    private static final String REFUSED = "kairos.refused";

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static AutoSettings from(AutoConfig config, Map<String, ?> properties) {
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
        if (config.group_id() == null || config.group_id().isEmpty()) {
            throw refuse("group.id is empty", "The default is reticulum.");
        }
        int discoveryPort = port("discovery.port", config.discovery_port(), 65_534, 29_716);
        int dataPort = port("data.port", config.data_port(), 65_535, 42_671);
        if (dataPort == discoveryPort || dataPort == discoveryPort + 1) {
            throw refuse(
                    "data.port = " + dataPort + " is used for the search already",
                    "Choose another one than discovery.port and the next.");
        }
        return new AutoSettings(
                config.interface_name().strip(),
                config.group_id(),
                scope(config.discovery_scope()),
                isTemporary(config.multicast_address_type()),
                discoveryPort,
                dataPort,
                names(config.devices()),
                names(config.ignored_devices()),
                LinkBudget.fixed(config.bitrate_bits_per_second(), PACKET_BYTES),
                InterfacePolicy.parse(properties, CODE_BYTES));
    }

    /** Enough to be shown, for settings that were refused. */
    static AutoSettings refused(Map<String, ?> properties) {
        Object name = properties.get("interface.name");
        return new AutoSettings(
                name == null ? "auto" : name.toString(),
                "reticulum",
                Group.Scope.LINK,
                true,
                0,
                0,
                Set.of(),
                Set.of(),
                LinkBudget.fixed(10_000_000, PACKET_BYTES),
                InterfacePolicy.DEFAULT);
    }

    /** What the search and the neighbours depend on; a change of anything else does not touch them. */
    record Line(
            String name,
            String groupId,
            Group.Scope scope,
            boolean temporaryAddress,
            int discoveryPort,
            int dataPort,
            Set<String> devices,
            Set<String> ignoredDevices,
            int longest,
            boolean enabled) {}

    Line line() {
        return new Line(
                name,
                groupId,
                scope,
                temporaryAddress,
                discoveryPort,
                dataPort,
                devices,
                ignoredDevices,
                longest(),
                policy.enabled());
    }

    /** Whether these settings open something: they are switched on and were not refused. */
    boolean canBeOpened() {
        return policy.enabled() && dataPort != 0;
    }

    /** Longest datagram that is a packet. */
    int longest() {
        return budget.packetBytes()
                + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
    }

    private static Group.Scope scope(String word) {
        for (Group.Scope scope : Group.Scope.values()) {
            if (scope.name().equalsIgnoreCase(word)) {
                return scope;
            }
        }
        throw refuse("discovery.scope = " + word + " is not a scope", "Use link, admin, site, organisation or global.");
    }

    private static boolean isTemporary(String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "temporary" -> true;
            case "permanent" -> false;
            default ->
                throw refuse("multicast.address.type = " + word + " is not a type", "Use temporary or permanent.");
        };
    }

    /** A list may come as several values or as one with commas. */
    private static Set<String> names(String[] given) {
        return given == null
                ? Set.of()
                : Arrays.stream(given)
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static int port(String key, int value, int max, int usual) {
        if (value < 1 || value > max) {
            throw refuse("%s = %d is not between 1 and %d".formatted(key, value, max), "The default is " + usual + ".");
        }
        return value;
    }

    private static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }
}
