package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.MavenCoordinates;
import io.kairos.lib.plugin.PackageFile;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageNames;
import io.kairos.lib.plugin.PackageVersion;
import io.kairos.lib.plugin.PluginPackage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What this bundle keeps below {@code data/packages}:
 *
 * <pre>
 *  book                       what is installed ({@link PackageBook})
 *  journal                    a change that has begun ({@link Journal})
 *  allowed                    digests for the gate
 *  archive/NAME-VERSION.kar   packages as they came
 *  repositories/NAME-VERSION  what is in them, where Karaf finds it
 *  staging/                   packages that are being looked at
 * </pre>
 *
 * Not thread-safe; {@link Installer} is.
 */
final class PackageStore {

    private final Path folder;

    PackageStore(Path folder) throws IOException {
        this.folder = Disk.folder(folder);
        Disk.folder(folder.resolve("archive"));
        Disk.folder(folder.resolve("repositories"));
        Disk.folder(folder.resolve("staging"));
    }

    // ---- what is installed

    PackageBook book() throws IOException {
        try {
            return PackageBook.of(Files.readAllLines(folder.resolve("book")));
        } catch (NoSuchFileException e) {
            return PackageBook.EMPTY;
        } catch (MalformedException e) {
            throw new IOException(folder.resolve("book") + " is damaged: " + e.getMessage(), e);
        }
    }

    void write(PackageBook book) throws IOException {
        Disk.write(folder.resolve("book"), book.toText());
    }

    Optional<Journal> journal() throws IOException {
        try {
            return Optional.of(Journal.of(Files.readAllLines(folder.resolve("journal"))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedException e) {
            throw new IOException(folder.resolve("journal") + " is damaged: " + e.getMessage(), e);
        }
    }

    void write(Journal journal) throws IOException {
        Disk.write(folder.resolve("journal"), journal.toText());
    }

    void endJournal() throws IOException {
        Files.deleteIfExists(folder.resolve("journal"));
        Disk.sync(folder);
    }

    /** Lets the gate admit what is in these packages, and nothing else. */
    void allow(List<PackageManifest> manifests) throws IOException {
        Set<String> lines = new TreeSet<>();
        for (PackageManifest manifest : manifests) {
            for (PackageFile file : manifest.files()) {
                lines.add(file.sha256() + " " + file.path() + "\n");
            }
        }
        String text = String.join("", lines);
        Path file = folder.resolve("allowed");
        if (!text.isEmpty() || Files.exists(file)) {
            Disk.write(file, text);
        }
    }

    // ---- packages

    Path archive(String name, PackageVersion version) {
        return folder.resolve("archive").resolve(PackageNames.fileName(name, version));
    }

    /** The manifest of a package that is kept. */
    PackageManifest manifest(String name, PackageVersion version) throws IOException {
        try (OpenPackage open = OpenPackage.of(archive(name, version))) {
            return open.content().manifest();
        } catch (MalformedException e) {
            throw new IOException(archive(name, version) + " is damaged: " + e.getMessage(), e);
        }
    }

    Path repository(PackageManifest manifest) {
        return repository(manifest.name(), manifest.version());
    }

    private Path repository(String name, PackageVersion version) {
        return folder.resolve("repositories").resolve(name + "-" + version);
    }

    /** Unpacks the files, digests checked, so that they are all there or none. */
    void unpack(PluginPackage content) throws IOException {
        Path target = repository(content.manifest());
        Path draft = folder.resolve("staging").resolve(target.getFileName() + ".unpacked");
        Disk.delete(draft);
        Disk.folder(draft);
        for (PackageFile file : content.manifest().files()) {
            Path path = draft.resolve(inRepository(file));
            Disk.folder(path.getParent());
            try (OutputStream out = Files.newOutputStream(path)) {
                content.copy(file, out);
            }
            Disk.sync(path);
        }
        Disk.delete(target);
        Disk.move(draft, target);
    }

    static String inRepository(PackageFile file) {
        return file.path().substring(PackageNames.REPOSITORY.length());
    }

    static Optional<MavenCoordinates> coordinates(PackageFile file) {
        return MavenCoordinates.ofPath(inRepository(file));
    }

    /** A new private folder for a package that is being looked at. */
    Path stage() throws IOException {
        return Files.createTempDirectory(Disk.folder(folder.resolve("staging")), "package");
    }

    /** Removes packages that the book does not name, and everything that was being looked at. */
    void tidy(PackageBook book) throws IOException {
        Disk.delete(folder.resolve("staging"));
        Disk.folder(folder.resolve("staging"));
        Set<String> archives = new HashSet<>();
        Set<String> repositories = new HashSet<>();
        for (InstalledPackage one : book.installed()) {
            archives.add(PackageNames.fileName(one.name(), one.version()));
            repositories.add(one.name() + "-" + one.version());
            one.previous().ifPresent(version -> {
                archives.add(PackageNames.fileName(one.name(), version));
                repositories.add(
                        one.name() + "-" + version); // the container goes on naming bundles by what it installed first
            });
        }
        keep(folder.resolve("archive"), archives);
        keep(folder.resolve("repositories"), repositories);
    }

    private static void keep(Path folder, Set<String> names) throws IOException {
        List<Path> all;
        try (Stream<Path> list = Files.list(folder)) {
            all = list.toList();
        }
        for (Path path : all) {
            if (!names.contains(path.getFileName().toString())) {
                Disk.delete(path);
            }
        }
    }
}
