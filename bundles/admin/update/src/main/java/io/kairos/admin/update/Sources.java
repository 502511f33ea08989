package io.kairos.admin.update;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.files.FileTransfer;
import io.kairos.api.files.FileTransfers;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.plugin.PackageLimits;
import io.kairos.lib.plugin.PackageManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Brings packages from wherever they are into a private folder, bounded in size. Threads: any. */
final class Sources {

    private static final int CONNECT_MILLIS = 15_000;
    private static final int READ_MILLIS = 60_000;
    private static final int MOST_PACKAGES = 1_000;
    private static final long MESH_HOURS = 12;
    private static final String MESH = "mesh:";
    private static final String SUFFIX = ".kar";

    private final Supplier<FileTransfers> transfers;

    Sources(Supplier<FileTransfers> transfers) {
        this.transfers = transfers;
    }

    private record Found(Path file, PackageManifest manifest) {}

    /**
     * Copies a package.
     *
     * @param name what it is called, where that is known; decides between several packages of a folder
     * @param folder private, empty
     * @return the copy
     */
    Path fetch(String source, Optional<String> name, Path folder) {
        Path copy = folder.resolve("incoming" + SUFFIX);
        try {
            if (source.startsWith("http://") || source.startsWith("https://")) {
                web(source, copy);
                return copy;
            }
            if (source.startsWith(MESH)) {
                return mesh(source.substring(MESH.length()), folder);
            }
            Path path = Path.of(source);
            try (InputStream in = Files.newInputStream(Files.isDirectory(path) ? newest(path, name) : path)) {
                copy(in, copy);
            }
            return copy;
        } catch (IllegalArgumentException e) {
            throw Refused.wrong(
                    "'" + source + "' is no file, folder or address.",
                    "Name a package, a folder with packages, an address that begins with https:, or mesh:DESTINATION/FILE.");
        } catch (IOException e) {
            throw new MeshException(
                    source.startsWith("http") ? Failure.Kind.NETWORK : Failure.Kind.STORAGE,
                    "The package cannot be read from " + source + ": " + Refused.text(e) + ".",
                    "Check the name, and that it can be reached from this node.",
                    e);
        }
    }

    private static void web(String source, Path copy) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(source).toURL().openConnection();
        try {
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setUseCaches(false);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("the server answers " + connection.getResponseCode());
            }
            try (InputStream in = connection.getInputStream()) {
                copy(in, copy);
            }
        } finally {
            connection.disconnect();
        }
    }

    private Path mesh(String rest, Path folder) throws IOException {
        int slash = rest.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no file");
        }
        FileTransfers files = transfers.get();
        if (files == null) {
            throw Refused.wrong("The file service does not run.", "feature:install kairos-messaging-files");
        }
        FileTransfer transfer = files.fetch(
                rest.substring(slash + 1),
                DestinationHash.parse(rest.substring(0, slash)),
                folder,
                true,
                FileTransfers.Options.DEFAULT);
        try {
            transfer.outcome().toCompletableFuture().get(MESH_HOURS, TimeUnit.HOURS);
            return transfer.saved().orElseThrow(() -> new IOException("nothing was saved"));
        } catch (InterruptedException e) {
            transfer.cancel();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (TimeoutException e) {
            transfer.cancel();
            throw new IOException("it took more than " + MESH_HOURS + " hours", e);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof MeshException known) {
                throw known;
            }
            throw new IOException(e.getCause());
        }
    }

    /** The package with the highest version; only what it says of itself is read here. */
    private static Path newest(Path folder, Optional<String> name) throws IOException {
        List<Found> found = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .limit(MOST_PACKAGES)
                    .toList();
        }
        for (Path file : files) {
            try (OpenPackage open = OpenPackage.of(file)) {
                found.add(new Found(file, open.content().manifest()));
            } catch (MalformedException e) {
                // another kind of file with this ending
            }
        }
        found.removeIf(one -> name.isPresent() && !one.manifest().name().equals(name.get()));
        List<String> names = found.stream()
                .map(one -> one.manifest().name())
                .distinct()
                .sorted()
                .toList();
        if (names.size() != 1) {
            throw Refused.wrong(
                    names.isEmpty()
                            ? "There is no package"
                                    + name.map(text -> " of " + text).orElse("") + " in " + folder + "."
                            : "There are packages of several plugins in " + folder + ": " + String.join(", ", names)
                                    + ".",
                    names.isEmpty()
                            ? "A package is called NAME-VERSION.kar; look with ls."
                            : "Name the file you mean, or use plugin:update NAME " + folder + ".");
        }
        return found.stream()
                .max(Comparator.comparing(one -> one.manifest().version()))
                .orElseThrow()
                .file();
    }

    private static void copy(InputStream in, Path copy) throws IOException {
        long total = 0;
        byte[] buffer = new byte[64 << 10];
        try (OutputStream out = Files.newOutputStream(copy)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                total += count;
                if (total > PackageLimits.PACKAGE_BYTES) {
                    throw Refused.policy(
                            "The package is larger than " + (PackageLimits.PACKAGE_BYTES >> 20) + " MiB.",
                            "Its maker has to make it smaller or divide it.");
                }
                out.write(buffer, 0, count);
            }
        }
    }
}
