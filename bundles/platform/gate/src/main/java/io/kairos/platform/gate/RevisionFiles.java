package io.kairos.platform.gate;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the file that the framework loads a bundle from, in its storage: {@code bundle<id>/version<refreshes>.<revision>} holds
 * {@code revision.location}, and {@code bundle.jar} unless the location is a reference to a file elsewhere.
 */
final class RevisionFiles {

    private static final Pattern VERSION = Pattern.compile("version(\\d{1,9})\\.(\\d{1,9})");
    private static final String REFERENCE = "reference:";

    private final Path storage;

    RevisionFiles(Path storage) {
        this.storage = storage;
    }

    /**
     * What a bundle holds.
     *
     * @param isReference whether the framework reads the file where it lies, so that it may change at any time
     */
    record Content(Path file, boolean isReference) {}

    /** The newest revision of a bundle; empty where this storage looks otherwise. */
    Optional<Content> newest(long id) throws IOException {
        Path folder = storage.resolve("bundle" + id);
        Path newest = null;
        long best = -1;
        try (Stream<Path> versions = Files.list(folder)) {
            for (Path version : (Iterable<Path>) versions::iterator) {
                Matcher matcher = VERSION.matcher(version.getFileName().toString());
                if (matcher.matches()) {
                    long order = Long.parseLong(matcher.group(2)) * 1_000_000_000L + Long.parseLong(matcher.group(1));
                    newest = order > best ? version : newest;
                    best = Math.max(order, best);
                }
            }
        }
        if (newest == null) {
            return Optional.empty();
        }
        String location = Files.readString(newest.resolve("revision.location")).strip();
        if (location.startsWith(REFERENCE)) {
            return reference(location.substring(REFERENCE.length()));
        }
        Path jar = newest.resolve("bundle.jar");
        return Files.isRegularFile(jar) ? Optional.of(new Content(jar, false)) : Optional.empty();
    }

    private static Optional<Content> reference(String url) {
        try {
            return Optional.of(new Content(Path.of(URI.create(url)), true));
        } catch (IllegalArgumentException e) {
            // a folder with spaces; the framework takes such an address as it stands
            return url.startsWith("file:")
                    ? Optional.of(new Content(Path.of(url.substring("file:".length())), true))
                    : Optional.empty();
        }
    }
}
