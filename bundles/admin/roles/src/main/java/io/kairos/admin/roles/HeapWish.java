package io.kairos.admin.roles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heap that the roles of this node would like, kept where {@code bin/kairos} reads it at the next start. A running Java
 * virtual machine cannot change its heap, and what the operator sets in {@code etc/setenv} wins.
 */
final class HeapWish {

    private static final Logger LOG = LoggerFactory.getLogger(HeapWish.class);

    private final Path file;

    HeapWish(Path file) {
        this.file = file;
    }

    /** @param megabytes 0 for no wish */
    void keep(int megabytes) {
        try {
            if (megabytes <= 0) {
                Files.deleteIfExists(file);
                return;
            }
            String line = megabytes + "m\n";
            if (!Files.exists(file) || !Files.readString(file).equals(line)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                RoleFile.replace(file, line);
            }
        } catch (IOException e) {
            LOG.warn(
                    "The heap for the next start cannot be kept in {}; set KAIROS_HEAP in etc/setenv instead", file, e);
        }
    }

    /** What the operator has to know where the running node has another heap. */
    static Optional<String> note(int wished, int running) {
        boolean isAlike =
                wished <= 0 || Math.abs(wished - running) * 8 <= wished; // collectors keep a part for themselves
        return isAlike
                ? Optional.empty()
                : Optional.of(("The heap of %d MB takes effect when the node is started again; now it is %d MB. Where"
                                + " etc/setenv sets KAIROS_HEAP, that holds.")
                        .formatted(wished, running));
    }

    static int runningMegabytes() {
        return (int) (Runtime.getRuntime().maxMemory() >> 20);
    }
}
