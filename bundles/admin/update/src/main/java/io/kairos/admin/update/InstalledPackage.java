package io.kairos.admin.update;

import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageVersion;
import java.util.Optional;

/**
 * What is known about a package.
 *
 * @param isInstalled false after it was removed; owner and highest version stay known
 * @param version the installed one, or the last one
 * @param digest of its manifest
 * @param owner the key that may update it
 * @param highest highest version it ever had
 * @param previous what it can be rolled back to
 */
record InstalledPackage(
        String name,
        boolean isInstalled,
        PackageVersion version,
        String digest,
        PackageKey owner,
        PackageVersion highest,
        Optional<PackageVersion> previous) {}
