package io.kairos.lib.plugin;

import java.util.Objects;

/**
 * One file of a package, as the manifest lists it.
 *
 * @param sha256 digest of its bytes, 64 lower-case hexadecimal digits
 * @param size its bytes
 * @param path where it lies inside the package
 */
public record PackageFile(String sha256, long size, String path) {

    public PackageFile {
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(path, "path");
    }
}
