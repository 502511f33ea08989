package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Manifests as text and back. There is one text for each manifest: what reads otherwise is refused, so that a signature never
 * covers two meanings.
 *
 * <pre>
 *  kairos-package: 1
 *  name: hello-transport
 *  version: 1.2.0
 *  kind: plugin
 *  title: Hello transport
 *  created: 2030-01-01T00:00:00Z
 *  expires: 2031-01-01T00:00:00Z           may be missing
 *  node: 0.1.0                             may be missing
 *  replaces: 1.0.0                         may be missing
 *  repository: repository/…-features.xml   a plugin has it
 *  feature: hello-transport                once for each feature
 *  need: a serial port                     once for each line
 *  file: &lt;sha-256&gt; &lt;size&gt; &lt;path&gt;            once for each file, sorted by path
 * </pre>
 *
 * Plain UTF-8, each line ends with one line feed. Stateless.
 */
public final class PackageManifestCodec {

    private static final String FORMAT = "1";
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{64}) (0|[1-9]\\d{0,17}) (\\S+)");

    private PackageManifestCodec() {}

    /**
     * The bytes of a manifest.
     *
     * @throws MalformedException where it holds what no manifest may hold
     */
    public static byte[] encode(PackageManifest manifest) {
        check(manifest);
        StringBuilder text = new StringBuilder();
        line(text, "kairos-package", FORMAT);
        line(text, "name", manifest.name());
        line(text, "version", manifest.version().toString());
        line(text, "kind", manifest.kind().word());
        line(text, "title", manifest.title());
        line(text, "created", manifest.created().toString());
        manifest.expires().ifPresent(instant -> line(text, "expires", instant.toString()));
        manifest.node().ifPresent(version -> line(text, "node", version.toString()));
        manifest.replaces().ifPresent(version -> line(text, "replaces", version.toString()));
        manifest.repository().ifPresent(path -> line(text, "repository", path));
        manifest.features().forEach(feature -> line(text, "feature", feature));
        manifest.needs().forEach(need -> line(text, "need", need));
        manifest.files().forEach(file -> line(text, "file", file.sha256() + " " + file.size() + " " + file.path()));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        require(bytes.length <= PackageLimits.MANIFEST_BYTES, "the manifest is too long");
        return bytes;
    }

    /**
     * Reads a manifest.
     *
     * @throws MalformedException where it is not one, or not in its one canonical form
     */
    public static PackageManifest decode(byte[] bytes) {
        require(bytes.length <= PackageLimits.MANIFEST_BYTES, "the manifest is too long");
        Lines lines = new Lines(text(bytes));
        String format = lines.one("kairos-package");
        require(format.equals(FORMAT), "format " + PackageNames.shown(format) + " of packages is not known here");
        PackageManifest manifest = new PackageManifest(
                lines.one("name"),
                PackageVersion.of(lines.one("version")),
                PackageKind.of(lines.one("kind")),
                lines.one("title"),
                instant(lines.one("created")),
                lines.optional("expires", PackageManifestCodec::instant),
                lines.optional("node", PackageVersion::of),
                lines.optional("replaces", PackageVersion::of),
                lines.optional("repository", Function.identity()),
                lines.all("feature", PackageLimits.FEATURES, Function.identity()),
                lines.all("need", PackageLimits.NEEDS, Function.identity()),
                lines.all("file", PackageLimits.ENTRIES, PackageManifestCodec::file));
        lines.end();
        require(Arrays.equals(encode(manifest), bytes), "the manifest is not in its canonical form");
        return manifest;
    }

    private static void check(PackageManifest manifest) {
        PackageNames.check(PackageNames.isName(manifest.name()), manifest.name(), "a package name");
        line(manifest.title(), "title");
        wholeSeconds(manifest.created());
        manifest.expires().ifPresent(PackageManifestCodec::wholeSeconds);
        require(
                manifest.expires().map(manifest.created()::isBefore).orElse(true),
                "the package expires before it is made");
        require(manifest.features().size() <= PackageLimits.FEATURES, "too many features");
        require(manifest.needs().size() <= PackageLimits.NEEDS, "too many needs");
        require(new HashSet<>(manifest.features()).size() == manifest.features().size(), "a feature is listed twice");
        manifest.features()
                .forEach(feature -> PackageNames.check(PackageNames.isFeature(feature), feature, "a feature's name"));
        manifest.needs().forEach(need -> line(need, "need"));
        files(manifest);
        if (manifest.kind() == PackageKind.PLUGIN) {
            plugin(manifest);
        }
    }

    private static void plugin(PackageManifest manifest) {
        String repository = manifest.repository().orElseThrow(() -> new MalformedException("no feature repository"));
        require(!manifest.features().isEmpty(), "the package installs no feature");
        require(
                manifest.files().stream().anyMatch(file -> file.path().equals(repository)),
                "the feature repository is not among the files");
        require(
                manifest.files().stream().allMatch(file -> file.path().startsWith(PackageNames.REPOSITORY)),
                "a plugin has files below " + PackageNames.REPOSITORY + " only");
    }

    private static void files(PackageManifest manifest) {
        require(!manifest.files().isEmpty(), "the package holds no file");
        require(manifest.files().size() <= PackageLimits.ENTRIES - 2, "too many files");
        Set<String> folded = new HashSet<>();
        Set<String> folders = new HashSet<>();
        String before = "";
        for (PackageFile file : manifest.files()) {
            PackageNames.path(file.path());
            String lower = file.path().toLowerCase(Locale.ROOT);
            require(!lower.startsWith("kairos-inf"), "a file lies in " + PackageNames.META);
            require(before.compareTo(file.path()) < 0, "files are not sorted, or one is listed twice");
            require(folded.add(lower), "two files differ in upper and lower case only");
            for (int slash = lower.indexOf('/'); slash > 0; slash = lower.indexOf('/', slash + 1)) {
                folders.add(lower.substring(0, slash));
            }
            require(file.size() >= 0 && file.size() <= PackageLimits.ENTRY_BYTES, "a file is too large");
            before = file.path();
        }
        require(folders.stream().noneMatch(folded::contains), "a path is a file and a folder");
    }

    private static void line(String text, String key) {
        require(!text.isBlank() && text.equals(text.strip()), "empty text, or spaces around it, in " + key);
        require(text.length() <= PackageLimits.TEXT_CHARACTERS, "too long a text in " + key);
        require(text.codePoints().allMatch(PackageManifestCodec::isShown), "a character that is not shown in " + key);
    }

    /** No control characters, no marks that turn the direction of a line, no halves of a pair. */
    private static boolean isShown(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.UNASSIGNED;
    }

    private static void wholeSeconds(Instant instant) {
        require(instant.equals(instant.truncatedTo(ChronoUnit.SECONDS)), "a time with parts of a second");
        require(
                !instant.isBefore(Instant.EPOCH) && instant.getEpochSecond() < 253_402_300_800L,
                "a time outside the years 1970 to 9999");
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedException(
                    "'" + PackageNames.shown(text) + "' is not a time such as 2030-01-01T00:00:00Z");
        }
    }

    private static PackageFile file(String text) {
        var matcher = FILE.matcher(text);
        require(matcher.matches(), "a line about a file does not have digest, size and path");
        return new PackageFile(matcher.group(1), Long.parseLong(matcher.group(2)), PackageNames.path(matcher.group(3)));
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(": ").append(value).append('\n');
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("the manifest is not UTF-8");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedException(otherwise);
        }
    }

    /** The lines, taken one after the other. */
    private static final class Lines {

        private final String[] lines;
        private int at;

        Lines(String text) {
            require(text.endsWith("\n"), "the manifest is cut off");
            lines = text.split("\n", -1);
        }

        String one(String key) {
            return next(key).orElseThrow(() -> new MalformedException("the manifest has no line '" + key + "'"));
        }

        <T> Optional<T> optional(String key, Function<String, T> reading) {
            return next(key).map(reading);
        }

        <T> List<T> all(String key, int most, Function<String, T> reading) {
            List<T> all = new ArrayList<>();
            for (Optional<String> next = next(key); next.isPresent(); next = next(key)) {
                require(all.size() < most, "too many lines '" + key + "'");
                all.add(reading.apply(next.get()));
            }
            return all;
        }

        void end() {
            require(at == lines.length - 1, "an unknown or misplaced line '" + PackageNames.shown(lines[at]) + "'");
        }

        private Optional<String> next(String key) {
            String lead = key + ": ";
            if (at >= lines.length || !lines[at].startsWith(lead)) {
                return Optional.empty();
            }
            return Optional.of(lines[at++].substring(lead.length()));
        }
    }
}
