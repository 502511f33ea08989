package io.kairos.messaging.files;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.files.FileTransfers;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.link.LocalDestination.IncomingRequest;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes files and gives them out at {@code rncp.receive}. Callbacks come on threads of the links; whatever touches the disk
 * runs on the executor, one after the other.
 */
final class Listener implements AutoCloseable {

    static final String NAME = "rncp.receive";
    static final String FETCH = "fetch_file";

    /** The answer that a name leads out of the folder. */
    static final long NOT_ALLOWED = 0xf0;

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final FilesSettings settings;
    private final Executor disk;
    private final Clock clock;
    private final LocalIdentity identity;
    private final LocalDestination destination;
    private final Optional<Inbox> inbox;
    private final Optional<Parts> parts;
    private final Optional<Jail> jail;
    private final Optional<Timers.Timer> announcing;
    private final LongAdder received = new LongAdder();
    private final LongAdder fetched = new LongAdder();
    private final LongAdder refused = new LongAdder();

    Listener(
            FilesSettings settings,
            Endpoints endpoints,
            LocalIdentity identity,
            Clock clock,
            Timers timers,
            Executor disk) {
        this.settings = settings;
        this.disk = disk;
        this.clock = clock;
        this.identity = identity;
        inbox = settings.receives().map(folder -> new Inbox(folder, settings.overwrite()));
        inbox.ifPresent(Inbox::prepare);
        parts = inbox.map(folder -> new Parts(folder, true));
        jail = settings.shares().map(Jail::new);
        destination = endpoints.open(DestinationSettings.single(NAME, identity));
        Optional<byte[]> mark = Optional.of(Chunk.MARK.getBytes(StandardCharsets.UTF_8));
        destination.defaultAppData(() -> mark);
        destination.onLink(this::accept);
        Access access = settings.everybody() ? Access.EVERYBODY : Access.LISTED;
        jail.ifPresent(from -> {
            destination.onRequest(FETCH, access, settings.allowed(), this::fetch);
            destination.onRequest(Chunk.FETCH, access, settings.allowed(), this::fetchPieces);
        });
        destination.onRequest(Chunk.PATH, access, settings.allowed(), this::held);
        destination.announce(Optional.empty());
        announcing = settings.announceInterval().isZero()
                ? Optional.empty()
                : Optional.of(timers.every(settings.announceInterval(), () -> destination.announce(Optional.empty())));
    }

    FileTransfers.Serving serving() {
        return new FileTransfers.Serving(
                destination.address(),
                identity.hash(),
                inbox.isPresent(),
                jail.isPresent(),
                settings.everybody(),
                settings.allowed().size(),
                received.sum(),
                fetched.sum(),
                refused.sum());
    }

    private void accept(Link link) {
        link.onIdentified(who -> {
            if (!settings.admits(Optional.of(who.hash()))) {
                refused.increment();
                link.close();
            }
        });
        link.acceptResources(offer -> decide(link, offer));
        link.onResource(transfer -> {
            if (transfer.isIncoming()) {
                transfer.outcome().thenAccept(status -> concluded(link, transfer, status));
            }
        });
    }

    private Link.Decision decide(Link link, Link.ResourceOffer offer) {
        boolean wanted = inbox.isPresent()
                && offer.hasMetadata()
                && settings.admits(who(link))
                && offer.size() <= settings.largestBytes()
                && inbox.get().hasRoomFor(offer.size());
        if (!wanted) {
            refused.increment();
        }
        return wanted ? Link.Decision.ACCEPT : Link.Decision.REJECT;
    }

    private void concluded(Link link, ResourceTransfer transfer, ResourceTransfer.Status status) {
        if (status == ResourceTransfer.Status.COMPLETE) {
            transfer.keep(); // the link may close before the disk has its turn
            Optional<IdentityHash> sender = who(link);
            disk.execute(() -> save(transfer, sender));
        }
    }

    private void save(ResourceTransfer transfer, Optional<IdentityHash> sender) {
        try {
            if (!(transfer.metadata().orElse(null) instanceof Map<?, ?> metadata)
                    || !(metadata.get("name") instanceof byte[] given)) {
                throw new MalformedException("a file came without a name");
            }
            String name = SafeName.of(given);
            ResourceData data = transfer.data().orElseThrow();
            Optional<Chunk> chunk = Chunk.of(metadata);
            Optional<Path> saved = chunk.isPresent()
                    ? addPart(chunk.get(), sender, name, data)
                    : Optional.of(inbox.orElseThrow().save(name, data));
            if (saved.isPresent()) {
                received.increment();
                LOG.info(
                        "A file of {} bytes was received",
                        chunk.map(Chunk::size).orElse(data.length()));
            }
        } catch (MalformedException e) {
            refused.increment();
            LOG.debug("A received file was dropped: {}", e.getMessage());
        } catch (MeshException e) {
            refused.increment();
            LOG.error("A received file was lost: {} {}", e.getMessage(), e.remedy());
        } finally {
            transfer.release();
        }
    }

    private Optional<Path> addPart(Chunk chunk, Optional<IdentityHash> sender, String name, ResourceData data) {
        boolean fits = chunk.size() <= settings.largestBytes()
                && inbox.orElseThrow().hasRoomFor(chunk.size() - chunk.offset());
        if (sender.isEmpty() || !fits) {
            throw new MalformedException("a piece of a file that is not taken");
        }
        return parts.orElseThrow().add(chunk, sender.get(), name, data, clock.wallMillis());
    }

    /** Answers how much of a file is here; runs on a thread of the link, and looks at one directory entry only. */
    private Object held(IncomingRequest request) {
        Optional<Chunk> asked = Chunk.asked(request.data());
        if (asked.isEmpty() || request.remoteIdentity().isEmpty()) {
            return null;
        }
        return parts.map(kept -> kept.held(asked.get(), request.remoteIdentity().get()))
                .orElse(0L);
    }

    private Object fetch(IncomingRequest request) {
        return request.data() instanceof String name ? find(name, file -> give(request.link(), file)) : null;
    }

    private Object fetchPieces(IncomingRequest request) {
        return request.data() instanceof Map<?, ?> data && data.get("name") instanceof String name
                ? find(name, file -> givePieces(request.link(), file, data))
                : null;
    }

    /** What is answered to who asks for a name. */
    private Object find(String name, Function<Path, Object> found) {
        Jail.Found answer = jail.orElseThrow().find(name);
        return switch (answer.verdict()) {
            case OUTSIDE -> {
                refused.increment();
                yield NOT_ALLOWED;
            }
            case MISSING -> false;
            case FOUND -> found.apply(answer.file().orElseThrow());
        };
    }

    private Object give(Link link, Path file) {
        try {
            Given given = Given.of(file);
            ResourceData data = given.data();
            disk.execute(() -> link.send(data, new ResourceOptions(Optional.of(Map.of("name", given.name())), true))
                    .outcome()
                    .thenAccept(status -> {
                        if (status == ResourceTransfer.Status.COMPLETE) {
                            fetched.increment();
                        }
                    }));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Tells the state of a file, or sends it from a place on, where it is still in the state the other end knows. */
    private Object givePieces(Link link, Path file, Map<?, ?> data) {
        try {
            Given given = Given.of(file);
            Optional<Chunk> from = Chunk.wanted(data, given.size()).filter(chunk -> given.isIn(chunk.id()));
            from.ifPresent(chunk -> disk.execute(() -> given.send(link, chunk, disk, fetched::increment)));
            return from.isPresent() ? true : given.state();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<IdentityHash> who(Link link) {
        return link.remoteIdentity().map(identity -> identity.hash());
    }

    @Override
    public void close() {
        announcing.ifPresent(Timers.Timer::cancel);
        destination.close();
    }
}
