package io.kairos.messaging.files;

import io.kairos.api.failure.Failure;
import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Sends one file over a link: as one resource, or piece by piece where the other end understands that. */
final class Upload {

    private final Path file;
    private final ResourceData data;
    private final byte[] name;
    private final boolean compress;
    private final Outgoing transfer;
    private final Executor disk;

    Upload(Path file, boolean compress, Outgoing transfer, Executor disk) throws IOException {
        this.file = file;
        this.data = ResourceData.of(file);
        this.name = file.getFileName().toString().getBytes(StandardCharsets.UTF_8);
        this.compress = compress;
        this.transfer = transfer;
        this.disk = disk;
    }

    /** @param byPieces whether the other end says that it understands pieces */
    void start(Link link, boolean byPieces) {
        if (byPieces && data.length() > Chunk.BYTES) {
            disk.execute(() -> ask(link));
        } else {
            transfer.startsOver();
            offer(link, data, Map.of("name", name), () -> transfer.succeed(Optional.empty()));
        }
    }

    private void ask(Link link) {
        try {
            Chunk whole = new Chunk(Parts.hash(file), 0, data.length());
            link.request(Chunk.PATH, whole.request(), Duration.ZERO).response().whenComplete((response, failure) -> {
                if (failure != null) {
                    transfer.unanswered(
                            link,
                            "The other end did not answer how much of the file it has.",
                            "It may not allow this identity: give its operator the hash that identity:list"
                                    + " shows.");
                    return;
                }
                long held = response.value() instanceof Long bytes ? bytes : 0;
                long from = held > 0 && held < data.length() ? held : 0;
                transfer.resumes(from);
                next(link, new Chunk(whole.id(), from, whole.size()));
            });
        } catch (IOException e) {
            transfer.fail(Failure.Kind.STORAGE, file + " could not be read: " + e.getMessage(), "Check the file.");
        }
    }

    private void next(Link link, Chunk chunk) {
        offer(link, chunk.dataOf(data), chunk.metadata(name), () -> {
            transfer.pieceDone(chunk.length());
            long end = chunk.offset() + chunk.length();
            if (end < chunk.size()) {
                disk.execute(() -> next(link, new Chunk(chunk.id(), end, chunk.size())));
            } else {
                transfer.succeed(Optional.empty());
            }
        });
    }

    private void offer(Link link, ResourceData bytes, Map<String, ?> metadata, Runnable then) {
        ResourceTransfer offered = link.send(bytes, new ResourceOptions(Optional.of(metadata), compress));
        transfer.transferring(offered);
        offered.outcome().thenAccept(status -> {
            switch (status) {
                case COMPLETE -> then.run();
                case REJECTED ->
                    transfer.fail(
                            Failure.Kind.POLICY,
                            "The other end refuses the file.",
                            "It may not allow this identity, or the file is too long for it or for its disk.");
                default -> broke(link, offered);
            }
        });
    }

    /** What was sent to its end may have arrived: sending it again unasked would leave two files there. */
    private void broke(Link link, ResourceTransfer offered) {
        if (offered.progress() >= 1) {
            transfer.fail(
                    Failure.Kind.NETWORK,
                    "All of it was sent, but the other end did not confirm it.",
                    "Look there whether it has arrived before you send it again.");
        } else {
            transfer.broke(
                    link,
                    "The transfer broke off.",
                    "Send it again; between two Kairos nodes it goes on where it was.");
        }
    }
}
