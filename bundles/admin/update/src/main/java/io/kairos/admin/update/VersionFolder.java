package io.kairos.admin.update;

import io.kairos.api.admin.NodeVersions;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.PackageFile;
import io.kairos.lib.plugin.PackageVersion;
import io.kairos.lib.plugin.PluginPackage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What this bundle and the launcher {@code bin/kairos} keep below {@code data/node}; there once a version was brought:
 *
 * <pre>
 *  versions/VERSION  whole distributions
 *  next              what the next start tries
 *  trial             what is being tried; the launcher renames next
 *  current           what was confirmed, and in the second line the one before
 *  failed            what was tried last and not confirmed; the launcher renames trial
 *  problems          why: the version, then a line for each problem
 *  before            what was well before a trial ({@link Impression})
 *  installed         version and folder of the distribution that was installed by hand
 *  without           plugins that a version goes on without ({@link LeftOut})
 *  restart           the node ends to be started again
 *  book              who may bring versions, and the highest there was ({@link PackageBook})
 *  staging/          a package that is being looked at
 * </pre>
 *
 * Not thread-safe; {@link NodeDesk} is.
 */
final class VersionFolder {

    static final String NEXT = "next";
    static final String TRIAL = "trial";
    static final String FAILED = "failed";
    static final String PROBLEMS = "problems";
    static final String BEFORE = "before";
    static final String LABEL = "installed";
    static final String RESTART = "restart";
    static final String WITHOUT = "without";

    /** What stands for the asterisk, which no path of a package may hold. */
    static final String ASTERISK = "=2a";

    private static final String CURRENT = "current";

    private final Path folder;

    VersionFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    List<String> lines(String name) throws IOException {
        try {
            return Files.readAllLines(folder.resolve(name));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The version that a file names. */
    Optional<String> first(String name) throws IOException {
        return lines(name).stream().findFirst().filter(text -> !text.isBlank());
    }

    void write(String name, String text) throws IOException {
        Disk.folder(folder);
        Disk.write(folder.resolve(name), text);
    }

    void remove(String name) throws IOException {
        if (Files.deleteIfExists(folder.resolve(name))) {
            Disk.sync(folder);
        }
    }

    /** The plugins that a version goes on without. */
    List<LeftOut> leftOut(String version) throws IOException {
        return lines(WITHOUT).stream()
                .flatMap(line -> LeftOut.of(line).stream())
                .filter(one -> one.node().equals(version))
                .toList();
    }

    /** Says so for a version; what is said of others that are still there stays. */
    void leaveOut(String version, List<LeftOut> plugins) throws IOException {
        List<String> there = unpacked();
        StringBuilder text = new StringBuilder();
        lines(WITHOUT).stream()
                .flatMap(line -> LeftOut.of(line).stream())
                .filter(one -> !one.node().equals(version) && there.contains(one.node()))
                .forEach(one -> text.append(one.toLine()));
        plugins.forEach(one -> text.append(one.toLine()));
        if (text.length() > 0) {
            write(WITHOUT, text.toString());
        } else {
            remove(WITHOUT);
        }
    }

    String current() throws IOException {
        return first(CURRENT).orElse(NodeVersions.INSTALLED);
    }

    Optional<String> previous() throws IOException {
        return lines(CURRENT).stream().skip(1).findFirst();
    }

    void confirm(String version, String before) throws IOException {
        write(CURRENT, version + "\n" + before + "\n");
    }

    Path version(String name) {
        return folder.resolve("versions").resolve(name);
    }

    boolean isThere(String name) {
        return name.equals(NodeVersions.INSTALLED)
                || Files.isExecutable(version(name).resolve("bin/kairos"));
    }

    /** Versions that are unpacked. */
    List<String> unpacked() throws IOException {
        Path versions = folder.resolve("versions");
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(versions)) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }

    PackageBook book() throws IOException {
        List<String> lines = lines("book");
        try {
            return lines.isEmpty() ? PackageBook.EMPTY : PackageBook.of(lines);
        } catch (MalformedException e) {
            throw new IOException(folder.resolve("book") + " is damaged: " + e.getMessage(), e);
        }
    }

    void write(PackageBook book) throws IOException {
        write("book", book.toText());
    }

    /** A new private folder for a package that is being looked at; what was there before is removed. */
    Path stage() throws IOException {
        Disk.delete(folder.resolve("staging"));
        return Disk.folder(folder.resolve("staging"));
    }

    /** Unpacks a distribution, digests checked, so that it is there as a whole or not at all. */
    void unpack(PluginPackage content, PackageVersion version, Steps steps) throws IOException {
        Path draft = folder.resolve("staging").resolve("unpacked");
        Set<Path> folders = new HashSet<>();
        for (PackageFile file : content.manifest().files()) {
            Path path = draft.resolve(file.path().replace(ASTERISK, "*"));
            folders.add(Disk.folder(path.getParent()));
            try (OutputStream out = Files.newOutputStream(path)) {
                content.copy(file, out);
            }
            if (file.path().startsWith("bin/")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            Disk.sync(path);
        }
        for (Path one : folders) {
            Disk.sync(one);
        }
        Disk.sync(draft);
        steps.reached("node-unpacked");
        Path target = version(version.toString());
        Disk.folder(target.getParent());
        Disk.delete(target);
        Disk.move(draft, target);
    }

    /** Removes what nobody needs any more: versions that are not named, and what was being looked at. */
    void tidy(String running) throws IOException {
        Disk.delete(folder.resolve("staging"));
        Set<String> kept = new HashSet<>(List.of(running, current()));
        previous().ifPresent(kept::add);
        first(NEXT).ifPresent(kept::add);
        first(TRIAL).ifPresent(kept::add);
        for (String name : unpacked()) {
            if (!kept.contains(name)) {
                Disk.delete(version(name));
            }
        }
    }
}
