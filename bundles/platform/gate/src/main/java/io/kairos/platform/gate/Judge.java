package io.kairos.platform.gate;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about the content of bundles. What a bundle holds is looked at once after each installation and update; then only the
 * result is asked. Threads: any.
 */
final class Judge {

    private static final Logger LOG = System.getLogger(Judge.class.getPackageName());

    /** A bundle's content is what the distribution ships. */
    static final String SHIPPED = "shipped";

    /** A bundle's content could not be read; it is looked at again each time. */
    private static final String UNKNOWN = "";

    private final RevisionFiles revisions;
    private final ShippedFiles shipped;
    private final AllowedContents allowed;
    private final Memory memory;

    // ---- guarded by this ----
    private final Set<String> told = new HashSet<>();

    Judge(RevisionFiles revisions, ShippedFiles shipped, AllowedContents allowed, Memory memory) {
        this.revisions = revisions;
        this.shipped = shipped;
        this.allowed = allowed;
        this.memory = memory;
    }

    /**
     * Whether a bundle may resolve.
     *
     * @param lastModified when it was installed or updated, milliseconds since 1970
     */
    synchronized boolean admits(long id, long lastModified, String location, String symbolicName) {
        String content = memory.get(id, lastModified).orElse(UNKNOWN);
        if (content.equals(UNKNOWN)) {
            content = look(id, location);
            if (!content.equals(UNKNOWN)) {
                memory.put(id, lastModified, content);
            }
        }
        boolean admitted = content.equals(SHIPPED) || !content.equals(UNKNOWN) && allowed.contains(content);
        if (!admitted && told.add(id + " " + lastModified)) {
            LOG.log(
                    Level.WARNING,
                    "Bundle {0} ({1}) does not run: what it holds is neither part of this distribution nor installed with"
                            + " plugin:install. Remove it with bundle:uninstall {0}; if it was bundle:update of a shipped"
                            + " bundle, undo it with bundle:update {0} {2}.",
                    Long.toString(id),
                    symbolicName,
                    location.startsWith("mvn:") ? location : "and its own address");
        }
        return admitted;
    }

    /** Writes down what was learned. */
    synchronized void remember() {
        try {
            memory.save();
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "The gate cannot write {0}: {1}. Bundles are looked at again at the next start.",
                    memory.file(),
                    e.toString());
        }
    }

    private String look(long id, String location) {
        try {
            Optional<RevisionFiles.Content> content = revisions.newest(id);
            if (content.isEmpty()) {
                return UNKNOWN;
            }
            Path file = content.get().file();
            if (content.get().isReference()) {
                return shipped.isInside(file) ? SHIPPED : "reference";
            }
            return shipped.ships(location, file) ? SHIPPED : Sha256.of(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The gate cannot read bundle {0}: {1}", Long.toString(id), e.toString());
            return UNKNOWN;
        }
    }
}
