package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.util.regex.Pattern;

/** Which names and paths a package may use: plain ASCII that means the same on every file system. */
public final class PackageNames {

    /** Folder of what the format itself needs. */
    public static final String META = "KAIROS-INF/";

    /** The manifest's entry. */
    public static final String MANIFEST = META + "manifest";

    /** The signatures' entry. */
    public static final String SIGNATURES = META + "signatures";

    /** Folder of the content of a plugin: a Maven repository. */
    public static final String REPOSITORY = "repository/";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern FEATURE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_+@=~-][A-Za-z0-9._+@=~-]{0,127}");

    private PackageNames() {}

    /** Whether it can name a package: up to 64 of lower-case letters, digits, {@code . _ -}, without two dots in a row. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.contains("..") && !name.endsWith(".");
    }

    /** Whether it can name a Karaf feature. */
    public static boolean isFeature(String feature) {
        return FEATURE.matcher(feature).matches();
    }

    /**
     * Whether it is a path inside a package: relative, segments of ASCII letters, digits and {@code . _ + @ = ~ -} that do not
     * begin or end with a dot, divided by {@code /}.
     */
    public static boolean isPath(String path) {
        if (path.isEmpty() || path.length() > PackageLimits.PATH_CHARACTERS) {
            return false;
        }
        for (String segment : path.split("/", -1)) {
            if (segment.endsWith(".") || !SEGMENT.matcher(segment).matches()) {
                return false;
            }
        }
        return true;
    }

    /** The file name of a package: {@code <name>-<version>.kar}. */
    public static String fileName(String name, PackageVersion version) {
        return name + "-" + version + ".kar";
    }

    static String path(String path) {
        return check(isPath(path), path, "a path inside a package");
    }

    static String check(boolean holds, String text, String what) {
        if (!holds) {
            throw new MalformedException("'" + shown(text) + "' is not " + what);
        }
        return text;
    }

    /** A hostile text as a message may show it: printable ASCII, cut. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < 80; i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return text.length() > 80 ? shown + "..." : shown.toString();
    }
}
