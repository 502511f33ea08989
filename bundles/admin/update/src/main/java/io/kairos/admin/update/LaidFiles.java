package io.kairos.admin.update;

import io.kairos.lib.plugin.PackageFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files that plugins lay into {@code etc}. They go with who has brought them, unless somebody has changed them: what a package
 * has ever laid at a place is remembered by its digest, because an update leaves a file that is there already.
 *
 * <pre>
 *  digest FEATURE/NAME     one line for each content of each place, in data/packages/laid
 * </pre>
 *
 * Threads: one at a time.
 */
final class LaidFiles {

    private static final String RECORD = "laid";

    private final Path etc;
    private final Path record;

    /** @param folder that of the packages */
    LaidFiles(Path etc, Path folder) {
        this.etc = etc;
        this.record = folder.resolve(RECORD);
    }

    /** The places of a package that nobody has taken yet. */
    List<String> free(Content content) {
        return content.features().files().stream()
                .map(FeatureFile.Laid::place)
                .filter(place -> !Files.exists(etc.resolve(place), LinkOption.NOFOLLOW_LINKS))
                .distinct()
                .toList();
    }

    /** Remembers what a package lays; before it does. */
    void note(Content content) throws IOException {
        if (content.features().files().isEmpty()) {
            return;
        }
        Map<String, String> digests = new TreeMap<>();
        for (PackageFile file : content.manifest().files()) {
            PackageStore.coordinates(file).ifPresent(from -> digests.put(from.url(), file.sha256()));
        }
        Set<String> lines = lines();
        content.features().files().forEach(laid -> {
            String digest = digests.get(laid.from().url());
            if (digest != null) {
                lines.add(digest + " " + laid.place());
            }
        });
        write(lines);
    }

    /** Whether somebody has made something else of a file than any package. */
    boolean isChanged(String place) throws IOException {
        Path file = etc.resolve(place);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        boolean isPlain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        return !isPlain || !lines().contains(sha256(file) + " " + place);
    }

    private static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Removes files that are as they were laid, and folders that are empty then.
     *
     * @return the places that stay, because somebody has changed them
     */
    List<String> remove(Collection<String> places) throws IOException {
        List<String> changed = new ArrayList<>();
        for (String place : places) {
            if (isChanged(place)) {
                changed.add(place);
            } else {
                Files.deleteIfExists(etc.resolve(place));
                removeIfEmpty(etc.resolve(place).getParent());
            }
        }
        Set<String> lines = lines();
        if (lines.removeIf(line -> places.contains(line.substring(line.indexOf(' ') + 1)))) {
            write(lines);
        }
        return changed;
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            return; // others lie there, too
        }
    }

    private Set<String> lines() throws IOException {
        try {
            return new TreeSet<>(Files.readAllLines(record));
        } catch (NoSuchFileException e) {
            return new TreeSet<>();
        }
    }

    private void write(Set<String> lines) throws IOException {
        Disk.write(record, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }
}
