package io.kairos.core.management;

import io.kairos.api.packet.IdentityHash;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration, checked. What cannot be read is left out with a warning, so that a slip never opens more than meant.
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

    static ManagementSettings from(ManagementConfig config) {
        return new ManagementSettings(
                config.probe_respond(),
                config.remote_enabled(),
                hashes("remote.allowed", config.remote_allowed()),
                config.blackhole_publish(),
                List.copyOf(hashes("blackhole.sources", config.blackhole_sources())),
                Duration.ofMinutes(Math.max(SHORTEST_MINUTES, config.blackhole_interval_minutes())));
    }

    private static Set<IdentityHash> hashes(String key, String[] texts) {
        Set<IdentityHash> hashes = new LinkedHashSet<>();
        for (String text : String.join(",", texts).split("[,\\s]+")) { // a settings file gives one text for all
            try {
                if (!text.isBlank()) {
                    hashes.add(IdentityHash.parse(text));
                }
            } catch (IllegalArgumentException e) {
                LOG.warn("An entry of {} is left out: {}; write 32 hexadecimal digits", key, e.getMessage());
            }
        }
        return Set.copyOf(hashes);
    }
}
