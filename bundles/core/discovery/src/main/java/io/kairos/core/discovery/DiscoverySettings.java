package io.kairos.core.discovery;

import io.kairos.api.packet.IdentityHash;
import io.kairos.api.transport.InterfaceMode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration, checked. What cannot be read is left out with a warning.
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

    static DiscoverySettings from(DiscoveryConfig config) {
        String word = config.autoconnect_mode().strip();
        Optional<InterfaceMode> mode = InterfaceMode.parse(word.toLowerCase(Locale.ROOT));
        if (!word.isEmpty() && mode.isEmpty()) {
            LOG.warn("autoconnect.mode = {} is no mode; the usual one is used", word);
        }
        Optional<String> network =
                Optional.of(config.network_identity().strip()).filter(name -> !name.isEmpty());
        return new DiscoverySettings(
                config.enabled(),
                config.required_value(),
                hashes(config.sources()),
                network,
                new Connect(
                        Math.max(0, Math.min(MOST_CONNECTIONS, config.autoconnect_maximum())),
                        mode,
                        config.autoconnect_gravity(),
                        config.autoconnect_announces_to_internal()));
    }

    private static Set<IdentityHash> hashes(String[] texts) {
        Set<IdentityHash> hashes = new LinkedHashSet<>();
        for (String text : String.join(",", texts).split("[,\\s]+")) { // a settings file gives one text for all
            try {
                if (!text.isBlank()) {
                    hashes.add(IdentityHash.parse(text));
                }
            } catch (IllegalArgumentException e) {
                LOG.warn("An entry of sources is left out: {}; write 32 hexadecimal digits", e.getMessage());
            }
        }
        return Set.copyOf(hashes);
    }
}
