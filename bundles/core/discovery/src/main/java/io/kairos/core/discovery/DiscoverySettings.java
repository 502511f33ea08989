package io.kairos.core.discovery;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.transport.InterfaceMode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration, checked.
 *
 * @param collects whether interfaces of others are collected
 * @param requiredValue least proof of work, in bits
 * @param sources whose announces count; empty for everybody's
 * @param networkIdentity name of the identity that stands for the network of this node
 * @param connect what is done with those that were found
 */
record DiscoverySettings(
        boolean collects,
        int requiredValue,
        Set<IdentityHash> sources,
        Optional<String> networkIdentity,
        Connect connect) {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoverySettings.class);
    private static final int MOST_CONNECTIONS = 64;

    /**
     * How the node connects by itself.
     *
     * @param most to how many; 0: it does not
     * @param mode of these interfaces; empty: gateway where the node forwards, otherwise full
     * @param gravity of these interfaces
     * @param announcesToInternal whether announces heard on them are repeated on internal interfaces
     */
    record Connect(int most, Optional<InterfaceMode> mode, int gravity, boolean announcesToInternal) {}

    /**
     * Reads the operator's form.
     *
     * @throws MeshException of kind {@code CONFIGURATION} for what cannot be read
     */
    static DiscoverySettings from(DiscoveryConfig config) {
        String word = config.autoconnect_mode().strip();
        Optional<InterfaceMode> mode = InterfaceMode.parse(word.toLowerCase(Locale.ROOT));
        if (!word.isEmpty() && mode.isEmpty()) {
            throw refuse("autoconnect.mode", word, "is no mode", "Write gateway, for example, or leave it empty.");
        }
        return of(config, hashes(config.sources(), true), mode);
    }

    /** The same for a node that runs: what cannot be read is told and left out. */
    static DiscoverySettings readable(DiscoveryConfig config) {
        try {
            return from(config);
        } catch (MeshException e) {
            LOG.error("io.kairos.core.discovery: {} {} The node goes on without it.", e.getMessage(), e.remedy());
            String word = config.autoconnect_mode().strip().toLowerCase(Locale.ROOT);
            return of(config, hashes(config.sources(), false), InterfaceMode.parse(word));
        }
    }

    private static DiscoverySettings of(
            DiscoveryConfig config, Set<IdentityHash> sources, Optional<InterfaceMode> mode) {
        boolean nobody = sources.isEmpty() && !String.join("", config.sources()).isBlank();
        Optional<String> network =
                Optional.of(config.network_identity().strip()).filter(name -> !name.isEmpty());
        return new DiscoverySettings(
                config.enabled() && !nobody, // a slip must not open it for everybody
                config.required_value(),
                sources,
                network,
                new Connect(
                        Math.max(0, Math.min(MOST_CONNECTIONS, config.autoconnect_maximum())),
                        mode,
                        config.autoconnect_gravity(),
                        config.autoconnect_announces_to_internal()));
    }

    private static Set<IdentityHash> hashes(String[] texts, boolean strict) {
        Set<IdentityHash> hashes = new LinkedHashSet<>();
        for (String text : String.join(",", texts).split("[,\\s]+")) { // a settings file gives one text for all
            try {
                if (!text.isBlank()) {
                    hashes.add(IdentityHash.parse(text));
                }
            } catch (IllegalArgumentException e) {
                if (strict) {
                    throw refuse("sources", text, "is no hash of an identity", "Write 32 hexadecimal digits.");
                }
            }
        }
        return Set.copyOf(hashes);
    }

    private static MeshException refuse(String key, String value, String why, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, "%s = %s %s.".formatted(key, value, why), remedy);
    }
}
