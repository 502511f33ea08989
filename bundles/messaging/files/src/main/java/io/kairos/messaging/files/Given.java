package io.kairos.messaging.files;

import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.lib.bytes.Hashes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A file that is given out, in the state in which it was found. What tells the state is made from its path, length and time,
 * so that nobody has to read a long file to begin in its middle.
 */
final class Given {

    private final Path file;
    private final byte[] id;
    private final long size;

    private Given(Path file, byte[] id, long size) {
        this.file = file;
        this.id = id;
        this.size = size;
    }

    static Given of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        byte[] path = file.toString().getBytes(StandardCharsets.UTF_8);
        byte[] numbers = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(now.size())
                .putLong(now.lastModifiedTime().to(TimeUnit.NANOSECONDS))
                .array();
        return new Given(file, Hashes.sha256(path, numbers), now.size());
    }

    long size() {
        return size;
    }

    boolean isIn(byte[] state) {
        return Hashes.same(id, state);
    }

    /** As an answer to who wants to fetch it. */
    Map<String, Object> state() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("size", size);
        return map;
    }

    /** The whole file, or empty where it cannot be read. */
    ResourceData data() throws IOException {
        return ResourceData.of(file);
    }

    byte[] name() {
        return file.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Sends it piece by piece; where it changes meanwhile, or a piece is not taken, that was all, and the link is closed.
     *
     * @param done called after the last piece
     */
    void send(Link link, Chunk from, Executor disk, Runnable done) {
        try {
            if (!of(file).isIn(id)) {
                link.close();
                return;
            }
            ResourceOptions options = new ResourceOptions(Optional.of(from.metadata(name())), true);
            link.send(from.dataOf(data()), options).outcome().thenAccept(status -> {
                Optional<Chunk> next = from.next();
                if (status != ResourceTransfer.Status.COMPLETE) {
                    link.close();
                } else if (next.isPresent()) {
                    disk.execute(() -> send(link, next.get(), disk, done));
                } else {
                    done.run();
                }
            });
        } catch (IOException e) {
            link.close();
        }
    }
}
