package io.kairos.messaging.files;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.time.Clock;
import io.kairos.lib.bytes.Hashes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Fetches one file over a link: as one resource, or piece by piece where the other end understands that. What has arrived in
 * pieces is kept beside the file that is to be, so that another link goes on there.
 */
final class Download {

    /** Bytes of a piece with its metadata. */
    private static final long LARGEST_PIECE = Chunk.BYTES + 4_096L;

    private final String name;
    private final Inbox inbox;
    private final Outgoing transfer;
    private final Executor disk;
    private final Clock clock;
    private final AtomicBoolean taken = new AtomicBoolean(); // one answer is one file
    private volatile Chunk expected; // the next piece, where pieces come

    Download(String name, Inbox inbox, Outgoing transfer, Executor disk, Clock clock) {
        this.name = name;
        this.inbox = inbox;
        this.transfer = transfer;
        this.disk = disk;
        this.clock = clock;
    }

    /** @param byPieces whether the other end says that it understands pieces */
    void start(Link link, LocalIdentity identity, Duration patience, boolean byPieces) {
        link.acceptResources(this::decide);
        link.onResource(resource -> started(link, resource));
        link.identify(identity);
        if (byPieces) {
            ask(link, Chunk.FETCH, Chunk.fetch(name, Optional.empty()), patience);
        } else {
            transfer.startsOver();
            ask(link, Listener.FETCH, name, patience);
        }
    }

    private void ask(Link link, String path, Object data, Duration patience) {
        link.request(path, data, patience).response().whenComplete((response, failure) -> {
            if (failure != null) {
                transfer.unanswered(
                        link,
                        "The other end did not answer.",
                        "It gives out no files, or not to this identity: give its operator the hash that identity:list"
                                + " shows.");
            } else if (response.value() instanceof Map<?, ?> state) {
                disk.execute(() -> goOn(link, state, patience));
            } else {
                answered(response.value());
            }
        });
    }

    private void answered(Object answer) {
        if (Boolean.FALSE.equals(answer)) {
            transfer.fail(Failure.Kind.PEER, "The other end has no such file.", "Check the name.");
        } else if (answer instanceof Long code && code == Listener.NOT_ALLOWED) {
            transfer.fail(
                    Failure.Kind.POLICY,
                    "The other end does not give out this file.",
                    "Names start in the folder that it gives out.");
        } else if (!Boolean.TRUE.equals(answer)) {
            transfer.fail(Failure.Kind.PEER, "The other end gave an answer that makes no sense.", "Ask its operator.");
        }
    }

    /** Asks for what is not here yet. A file without bytes has no piece; it comes as one resource. */
    private void goOn(Link link, Map<?, ?> state, Duration patience) {
        if (state.get("size") instanceof Long none && none == 0) {
            ask(link, Listener.FETCH, name, patience);
            return;
        }
        Optional<Chunk> whole = Chunk.asked(state);
        if (whole.isEmpty()
                || expected != null) { // a file that changes between two questions is not asked for a third time
            transfer.fail(
                    Failure.Kind.PEER,
                    "The file changes at the other end.",
                    "Fetch it again when it has come to rest.");
            return;
        }
        long held = parts().held(whole.get(), source(link));
        Chunk from = new Chunk(whole.get().id(), held, whole.get().size());
        if (!inbox.hasRoomFor(from.size() - held)) {
            noRoomFor(from.size() - held);
            return;
        }
        expected = from;
        transfer.isLong(from.size());
        transfer.resumes(held);
        ask(link, Chunk.FETCH, Chunk.fetch(name, Optional.of(from)), patience);
    }

    private Parts parts() {
        return new Parts(inbox, false);
    }

    private static IdentityHash source(Link link) {
        return link.remoteIdentity()
                .map(PublicIdentity::hash)
                .orElseThrow(() -> new MalformedException("the other end has no identity"));
    }

    private void noRoomFor(long bytes) {
        transfer.fail(
                Failure.Kind.STORAGE,
                "There is no room for a file of %d bytes.".formatted(bytes),
                "Make room on the disk of " + inbox.folder() + ".");
    }

    private Link.Decision decide(Link.ResourceOffer offer) {
        boolean piece = expected != null;
        if (!offer.hasMetadata() || !piece && taken.get() || piece && offer.size() > LARGEST_PIECE) {
            return Link.Decision.REJECT;
        }
        if (!inbox.hasRoomFor(offer.size())) {
            noRoomFor(offer.size());
            return Link.Decision.REJECT;
        }
        return piece || taken.compareAndSet(false, true) ? Link.Decision.ACCEPT : Link.Decision.REJECT;
    }

    private void started(Link link, ResourceTransfer resource) {
        if (!resource.isIncoming()) {
            return;
        }
        transfer.transferring(resource);
        resource.outcome().thenAccept(status -> {
            if (status == ResourceTransfer.Status.COMPLETE) {
                resource.keep();
                disk.execute(() -> save(link, resource));
            } else {
                transfer.broke(
                        link,
                        "The transfer broke off.",
                        "Fetch it again; between two Kairos nodes it goes on where it was.");
            }
        });
    }

    private void save(Link link, ResourceTransfer resource) {
        try {
            if (!(resource.metadata().orElse(null) instanceof Map<?, ?> metadata)
                    || !(metadata.get("name") instanceof byte[] given)) {
                throw new MalformedException("it has no name");
            }
            ResourceData data = resource.data().orElseThrow();
            Chunk piece = expected;
            if (piece == null) {
                transfer.succeed(Optional.of(inbox.save(SafeName.of(given), data)));
            } else {
                add(link, piece, Chunk.of(metadata), SafeName.of(given), data);
            }
        } catch (MalformedException e) {
            transfer.fail(Failure.Kind.PEER, "What came is no file: " + e.getMessage() + ".", "Ask its operator.");
        } catch (MeshException e) {
            transfer.fail(e);
        } finally {
            resource.release();
        }
    }

    private void add(Link link, Chunk piece, Optional<Chunk> came, String safeName, ResourceData data) {
        boolean isNext = came.isPresent()
                && Hashes.same(came.get().id(), piece.id())
                && came.get().offset() == piece.offset()
                && came.get().size() == piece.size();
        if (!isNext) {
            throw new MalformedException("a piece does not follow the last one");
        }
        Optional<Path> saved = parts().add(piece, source(link), safeName, data, clock.wallMillis());
        transfer.pieceDone(piece.length());
        if (saved.isPresent()) {
            transfer.succeed(saved);
        } else {
            expected = piece.next().orElseThrow();
        }
    }
}
