package io.kairos.transport.local.rpc;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.bytes.Hashes;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The key by which programs and the node know each other: the one in the settings, else the hash of the identity file that
 * all programs with one Reticulum folder share. The file belongs to the programs: the node makes it where it is missing, from
 * random bytes, and otherwise only reads it. Its own identity is never written there.
 *
 * <p>Threads: any. Reads the file each time, because a program may have made another.
 */
public final class RpcKey {

    private static final int IDENTITY_BYTES = 64;

    private final Optional<byte[]> given;
    private final Path file;
    private final SecureRandom random;

    /**
     * @param given the key itself
     * @param folder the Reticulum folder of the programs
     */
    public RpcKey(Optional<byte[]> given, Path folder, SecureRandom random) {
        this.given = given.map(byte[]::clone);
        this.file = folder.resolve("storage").resolve("transport_identity");
        this.random = random;
    }

    /**
     * The key.
     *
     * @throws MeshException where the file cannot be read or made, with a remedy
     */
    public byte[] get() {
        if (given.isPresent()) {
            return given.get().clone();
        }
        try {
            return Hashes.sha256(identity());
        } catch (IOException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    "The file %s, from which the key of the control socket is made, cannot be used: %s"
                            .formatted(file, e.getClass().getSimpleName()),
                    "Let this node read it, or set reticulum.folder to the folder of the programs, or give both sides the"
                            + " same key: rpc.key here, rpc_key in the [reticulum] section of the programs.",
                    e);
        }
    }

    /** Where the key comes from, for operators. */
    public String origin() {
        return given.isPresent() ? "rpc.key" : file.toString();
    }

    private byte[] identity() throws IOException {
        try {
            return read();
        } catch (NoSuchFileException missing) {
            make();
            return read();
        }
    }

    private byte[] read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != IDENTITY_BYTES) {
            throw new IOException("%d bytes instead of %d".formatted(bytes.length, IDENTITY_BYTES));
        }
        return bytes;
    }

    /** Makes the file in one step, so that nobody ever reads half of it; whoever was first wins. */
    private void make() throws IOException {
        byte[] identity = new byte[IDENTITY_BYTES];
        random.nextBytes(identity);
        Files.createDirectories(file.getParent(), attributes("rwx------"));
        Path draft = Files.createTempFile(file.getParent(), "transport_identity", ".new", attributes("rw-------"));
        try {
            Files.write(draft, identity, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            putInPlace(draft);
        } finally {
            Arrays.fill(identity, (byte) 0);
            Files.deleteIfExists(draft);
        }
    }

    private void putInPlace(Path draft) throws IOException {
        try {
            Files.createLink(file, draft); // fails where the file exists, which a move would replace
        } catch (FileAlreadyExistsException theirs) {
            return;
        } catch (UnsupportedOperationException noLinks) {
            Files.copy(draft, file);
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
