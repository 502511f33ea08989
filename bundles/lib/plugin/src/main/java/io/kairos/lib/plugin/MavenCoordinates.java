package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one file of a Maven repository.
 *
 * @param group with dots
 * @param classifier empty where there is none
 */
public record MavenCoordinates(String group, String artifact, String version, String type, String classifier) {

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final int LONGEST_GROUP = 200;
    private static final String SCHEME = "mvn:";

    /**
     * Checks that each part is a plain name; versions are exact, never ranges.
     *
     * @throws MalformedException otherwise
     */
    public MavenCoordinates {
        Objects.requireNonNull(classifier, "classifier");
        PackageNames.check(
                group.length() <= LONGEST_GROUP && GROUP.matcher(group).matches(), group, "a Maven group");
        for (String part : new String[] {artifact, version, type}) {
            PackageNames.check(isPart(part), part, "part of Maven coordinates");
        }
        PackageNames.check(classifier.isEmpty() || isPart(classifier), classifier, "a Maven classifier");
    }

    /**
     * Reads {@code mvn:group/artifact/version[/type[/classifier]]}, without a repository and without options.
     *
     * @throws MalformedException where it is something else
     */
    public static MavenCoordinates ofUrl(String url) {
        PackageNames.check(url.startsWith(SCHEME), url, "an address that begins with mvn:");
        String[] parts = url.substring(SCHEME.length()).split("/", -1);
        PackageNames.check(parts.length >= 3 && parts.length <= 5, url, "mvn: with group, artifact and version");
        return new MavenCoordinates(
                parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : "jar", parts.length > 4 ? parts[4] : "");
    }

    /** Reads the path of a file below the root of a repository in Maven's layout; empty where it is no such file. */
    public static Optional<MavenCoordinates> ofPath(String path) {
        String[] parts = path.split("/", -1);
        int last = parts.length - 1;
        if (last < 3) {
            return Optional.empty();
        }
        String version = parts[last - 1];
        String artifact = parts[last - 2];
        String lead = artifact + "-" + version;
        String file = parts[last];
        String group = String.join(".", Arrays.copyOf(parts, last - 2));
        if (!file.startsWith(lead)) {
            return Optional.empty();
        }
        String rest = file.substring(lead.length());
        int dot = rest.lastIndexOf('.');
        if (dot < 0 || dot > 0 && (rest.charAt(0) != '-' || dot == 1)) {
            return Optional.empty();
        }
        try {
            MavenCoordinates read = new MavenCoordinates(
                    group, artifact, version, rest.substring(dot + 1), dot == 0 ? "" : rest.substring(1, dot));
            return read.path().equals(path) ? Optional.of(read) : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** The path below the root of a repository. */
    public String path() {
        String tail = classifier.isEmpty() ? "" : "-" + classifier;
        return group.replace('.', '/') + "/" + artifact + "/" + version + "/" + artifact + "-" + version + tail + "."
                + type;
    }

    /** The address for Karaf. */
    public String url() {
        String tail = classifier.isEmpty() ? (type.equals("jar") ? "" : "/" + type) : "/" + type + "/" + classifier;
        return SCHEME + group + "/" + artifact + "/" + version + tail;
    }

    private static boolean isPart(String part) {
        return part.length() <= 100
                && !part.contains("..")
                && PART.matcher(part).matches();
    }
}
