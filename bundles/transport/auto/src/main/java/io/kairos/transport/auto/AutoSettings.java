package io.kairos.transport.auto;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
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
        InterfacePolicy policy)
        implements LineSettings {

    private static final int PACKET_BYTES = 1_196;
    private static final int CODE_BYTES = 16;
    private static final long USUAL_BITS_PER_SECOND = 10_000_000;

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static AutoSettings from(AutoConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "lan");
        long bitrate = Checks.bitsPerSecond(config.bitrate_bits_per_second(), USUAL_BITS_PER_SECOND);
        if (config.group_id() == null || config.group_id().isEmpty()) {
            throw Checks.refuse("group.id is empty", "The default is reticulum.");
        }
        int discoveryPort = Checks.between("discovery.port", config.discovery_port(), 1, 65_534, 29_716);
        int dataPort = Checks.between("data.port", config.data_port(), 1, 65_535, 42_671);
        if (dataPort == discoveryPort || dataPort == discoveryPort + 1) {
            throw Checks.refuse(
                    "data.port = " + dataPort + " is used for the search already",
                    "Choose another one than discovery.port and the next.");
        }
        return new AutoSettings(
                name,
                config.group_id(),
                scope(config.discovery_scope()),
                isTemporary(config.multicast_address_type()),
                discoveryPort,
                dataPort,
                names(config.devices()),
                names(config.ignored_devices()),
                LinkBudget.fixed(bitrate, PACKET_BYTES),
                InterfacePolicy.parse(properties, CODE_BYTES));
    }

    /** Enough to be shown, for settings that were refused. */
    static AutoSettings refused(Map<String, ?> properties) {
        return new AutoSettings(
                Checks.nameOfRefused(properties, AutoInterface.KIND_NAME),
                "reticulum",
                Group.Scope.LINK,
                true,
                0,
                0,
                Set.of(),
                Set.of(),
                LinkBudget.fixed(USUAL_BITS_PER_SECOND, PACKET_BYTES),
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

    @Override
    public Line line() {
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
        throw Checks.refuse(
                "discovery.scope = " + word + " is not a scope", "Use link, admin, site, organisation or global.");
    }

    private static boolean isTemporary(String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "temporary" -> true;
            case "permanent" -> false;
            default ->
                throw Checks.refuse(
                        "multicast.address.type = " + word + " is not a type", "Use temporary or permanent.");
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
}
