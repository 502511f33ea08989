package io.kairos.messaging.files;

import io.kairos.api.packet.IdentityHash;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration, checked. What cannot be read is left out with a warning, so that a slip never opens more than meant.
 *
 * @param receives where files are saved; empty: none are taken
 * @param overwrite whether a file of the same name is replaced
 * @param largestBytes most bytes of a file
 * @param shares whose files are given out; empty: none
 * @param allowed who may send and fetch
 * @param everybody whether all may
 * @param announceInterval zero: only at the start
 * @param identity name of the identity that receives
 */
record FilesSettings(
        Optional<Path> receives,
        boolean overwrite,
        long largestBytes,
        Optional<Path> shares,
        Set<IdentityHash> allowed,
        boolean everybody,
        Duration announceInterval,
        String identity) {

    private static final Logger LOG = LoggerFactory.getLogger(FilesSettings.class);

    /** @param home where relative paths start */
    static FilesSettings from(FilesConfig config, Path home) {
        return new FilesSettings(
                config.receive_enabled() ? folder(home, "receive.folder", config.receive_folder()) : Optional.empty(),
                config.receive_overwrite(),
                config.receive_limit_bytes() <= 0 ? Long.MAX_VALUE : config.receive_limit_bytes(),
                config.fetch_enabled() ? folder(home, "fetch.folder", config.fetch_folder()) : Optional.empty(),
                hashes(config.allowed()),
                config.everybody(),
                Duration.ofSeconds(Math.max(0, config.announce_interval_seconds())),
                config.identity());
    }

    boolean isOpen() {
        return receives.isPresent() || shares.isPresent();
    }

    boolean admits(Optional<IdentityHash> identity) {
        return everybody || identity.map(allowed::contains).orElse(false);
    }

    private static Optional<Path> folder(Path home, String key, String text) {
        try {
            if (!text.isBlank()) {
                return Optional.of(home.resolve(text.strip()).toAbsolutePath().normalize());
            }
        } catch (InvalidPathException e) {
            LOG.debug("not a path", e);
        }
        LOG.warn("{} names no folder, so this part of the file service stays closed", key);
        return Optional.empty();
    }

    private static Set<IdentityHash> hashes(String[] texts) {
        Set<IdentityHash> hashes = new LinkedHashSet<>();
        for (String text : String.join(",", texts).split("[,\\s]+")) {
            try {
                if (!text.isBlank()) {
                    hashes.add(IdentityHash.parse(text));
                }
            } catch (IllegalArgumentException e) {
                LOG.warn("An entry of allowed is left out: {}; write 32 hexadecimal digits", e.getMessage());
            }
        }
        return Set.copyOf(hashes);
    }
}
