package io.kairos.core.management;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.packet.IdentityHash;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration, checked.
 *
 * @param answerProbes whether everybody may probe
 * @param remote whether listed identities may ask for status and paths
 * @param allowed who they are
 * @param publishBlackhole whether everybody may read the refused identities
 * @param sources whose lists are taken over
 * @param interval how often
 */
record ManagementSettings(
        boolean answerProbes,
        boolean remote,
        Set<IdentityHash> allowed,
        boolean publishBlackhole,
        List<IdentityHash> sources,
        Duration interval) {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementSettings.class);
    private static final int SHORTEST_MINUTES = 2;

    /**
     * Reads the operator's form.
     *
     * @throws MeshException of kind {@code CONFIGURATION} for a hash that cannot be read
     */
    static ManagementSettings from(ManagementConfig config) {
        return from(config, true);
    }

    /** The same for a node that runs: a hash that cannot be read is told and left out. */
    static ManagementSettings readable(ManagementConfig config) {
        try {
            return from(config, true);
        } catch (MeshException e) {
            LOG.error("io.kairos.core.management: {} {} The node goes on without it.", e.getMessage(), e.remedy());
            return from(config, false);
        }
    }

    private static ManagementSettings from(ManagementConfig config, boolean strict) {
        return new ManagementSettings(
                config.probe_respond(),
                config.remote_enabled(),
                hashes("remote.allowed", config.remote_allowed(), strict),
                config.blackhole_publish(),
                List.copyOf(hashes("blackhole.sources", config.blackhole_sources(), strict)),
                Duration.ofMinutes(Math.max(SHORTEST_MINUTES, config.blackhole_interval_minutes())));
    }

    private static Set<IdentityHash> hashes(String key, String[] texts, boolean strict) {
        Set<IdentityHash> hashes = new LinkedHashSet<>();
        for (String text : String.join(",", texts).split("[,\\s]+")) { // a settings file gives one text for all
            try {
                if (!text.isBlank()) {
                    hashes.add(IdentityHash.parse(text));
                }
            } catch (IllegalArgumentException e) {
                if (strict) {
                    throw new MeshException(
                            Failure.Kind.CONFIGURATION,
                            "%s = %s is no hash of an identity.".formatted(key, text),
                            "Write 32 hexadecimal digits.");
                }
            }
        }
        return Set.copyOf(hashes);
    }
}
