package io.kairos.lib.plugin;

/** Bounds of a package. More is refused, never cut. */
public final class PackageLimits {

    /** Entries of a package, the two of {@code KAIROS-INF} counted. */
    public static final int ENTRIES = 2_048;

    /** Bytes of a whole package. */
    public static final long PACKAGE_BYTES = 512L << 20;

    /** Bytes of one entry. */
    public static final long ENTRY_BYTES = 256L << 20;

    /** Bytes of the manifest. */
    public static final int MANIFEST_BYTES = 1 << 20;

    /** Bytes of the entry with the signatures. */
    public static final int SIGNATURES_BYTES = 64 << 10;

    /** Signatures of a package. */
    public static final int SIGNATURES = 16;

    /** Characters of a path inside a package. */
    public static final int PATH_CHARACTERS = 300;

    /** Characters of a title or of a line about needs. */
    public static final int TEXT_CHARACTERS = 200;

    /** Features that a package installs. */
    public static final int FEATURES = 32;

    /** Lines about what has to be there. */
    public static final int NEEDS = 16;

    private PackageLimits() {}
}
