package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as OSGi has it: three numbers and a qualifier, always written with all three numbers.
 *
 * @param qualifier letters, digits, {@code _ -}; empty where there is none
 */
public record PackageVersion(int major, int minor, int micro, String qualifier) implements Comparable<PackageVersion> {

    private static final Pattern TEXT =
            Pattern.compile("(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})(?:\\.([A-Za-z0-9_-]{1,40}))?");

    private static final Comparator<PackageVersion> ORDER = Comparator.comparingInt(PackageVersion::major)
            .thenComparingInt(PackageVersion::minor)
            .thenComparingInt(PackageVersion::micro)
            .thenComparing(PackageVersion::qualifier);

    /**
     * Reads {@code 1.2.3} or {@code 1.2.3.qualifier}.
     *
     * @throws MalformedException where it is something else
     */
    public static PackageVersion of(String text) {
        Matcher matcher = TEXT.matcher(text);
        PackageNames.check(matcher.matches(), text, "a version such as 1.2.3");
        return new PackageVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                matcher.group(4) == null ? "" : matcher.group(4));
    }

    /** The same reading for what Maven calls a version: {@code 1.2-SNAPSHOT} is 1.2.0.SNAPSHOT. */
    public static PackageVersion ofMaven(String text) {
        Matcher matcher = Pattern.compile(
                        "(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(?:[.-]([A-Za-z0-9_.-]{1,40}))?")
                .matcher(text);
        PackageNames.check(matcher.matches(), text, "a version such as 1.2.3");
        return new PackageVersion(
                Integer.parseInt(matcher.group(1)),
                matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)),
                matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)),
                matcher.group(4) == null ? "" : matcher.group(4).replace('.', '_'));
    }

    @Override
    public int compareTo(PackageVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + micro + (qualifier.isEmpty() ? "" : "." + qualifier);
    }
}
