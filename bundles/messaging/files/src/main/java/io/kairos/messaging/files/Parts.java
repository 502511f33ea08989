package io.kairos.messaging.files;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.ResourceData;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files that have arrived in part, in the folder of the inbox. A part belongs to whoever began it; what is not continued for
 * a week is removed. Only identified senders have parts.
 *
 * <p>Threads: one at a time.
 */
final class Parts {

    /** Most parts at the same time. */
    static final int MOST = 64;

    private static final String PREFIX = ".kairos-";
    private static final String SUFFIX = ".part";
    private static final long LIFETIME_MILLIS = 7L * 86_400_000;

    private final Inbox inbox;

    private final boolean hashed;

    /** @param hashed whether the id of a file is its SHA-256, which is then checked */
    Parts(Inbox inbox, boolean hashed) {
        this.inbox = inbox;
        this.hashed = hashed;
    }

    /** How much of a file is here already. */
    long held(Chunk asked, IdentityHash sender) {
        Path part = part(asked, sender);
        try {
            long size = Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS) ? Files.size(part) : 0;
            return size < asked.size() ? size : 0;
        } catch (IOException e) {
            return 0; // then everything is sent anew
        }
    }

    /**
     * Adds a piece.
     *
     * @return where the file was saved, once it is complete
     * @throws MalformedException for a piece that does not follow the last one, or a file that is not what was promised
     */
    Optional<Path> add(Chunk chunk, IdentityHash sender, String name, ResourceData data, long nowMillis) {
        Path part = part(chunk, sender);
        try {
            long size = Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS) ? Files.size(part) : 0;
            if (size != chunk.offset() || data.length() != chunk.length()) {
                throw new MalformedException("a piece of a file does not follow the last one");
            }
            if (size == 0) {
                makeRoom(nowMillis);
            }
            append(part, data);
            if (size + data.length() < chunk.size()) {
                return Optional.empty();
            }
            if (hashed && !Hashes.same(hash(part), chunk.id())) {
                Files.delete(part);
                throw new MalformedException("a file is not what its sender promised");
            }
            return Optional.of(inbox.publish(part, name));
        } catch (IOException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    "A piece of a file could not be saved: " + e.getMessage(),
                    "Check that " + inbox.folder() + " is writable and that the disk is not full.",
                    e);
        }
    }

    private static void append(Path part, ResourceData data) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        part, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
                OutputStream out = Channels.newOutputStream(channel);
                InputStream in = data.open(0)) {
            in.transferTo(out);
            channel.force(false);
        }
    }

    static byte[] hash(Path file) throws IOException {
        MessageDigest digest = Hashes.newSha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    private void makeRoom(long nowMillis) throws IOException {
        List<Path> parts = parts();
        int left = parts.size();
        for (Path part : parts) {
            if (nowMillis - Files.getLastModifiedTime(part).toMillis() > LIFETIME_MILLIS) {
                Files.deleteIfExists(part);
                left--;
            }
        }
        if (left >= MOST) {
            throw new IOException("there are " + MOST + " unfinished files already");
        }
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(inbox.folder())) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
                    })
                    .toList();
        }
    }

    private Path part(Chunk chunk, IdentityHash sender) {
        byte[] key = Hashes.truncated(chunk.id(), sender.toBytes());
        return inbox.folder().resolve(PREFIX + HexFormat.of().formatHex(key) + SUFFIX);
    }
}
