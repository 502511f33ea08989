package io.kairos.messaging.files;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.files.FileTransfer;
import io.kairos.api.files.FileTransfers;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** File transfers of this node. Plain code without a container. Threads: any. */
final class FilesCore implements FileTransfers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FilesCore.class);
    private static final int LONGEST_QUEUE = 4_096;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);

    private final Node node;
    private final Executor disk;
    private final Optional<Listener> listener;

    /**
     * What it builds on.
     *
     * @param endpoints opens links and destinations
     * @param identities whose identity is shown
     * @param known tells what announces said
     * @param clock what time it is
     * @param timers announces again
     */
    record Node(Endpoints endpoints, IdentityStore identities, KnownDestinations known, Clock clock, Timers timers) {}

    /** @param disk does what touches the disk, one after the other; an {@link ExecutorService} ends with this */
    FilesCore(FilesSettings settings, Node node, Executor disk) {
        this.node = node;
        this.disk = disk;
        this.listener = settings.isOpen() ? open(settings) : Optional.empty();
    }

    /** The one thread of a running node that touches the disk. */
    static ExecutorService diskThread() {
        return new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LONGEST_QUEUE), task -> {
            Thread thread = new Thread(task, "kairos-files-disk");
            thread.setDaemon(true);
            return thread;
        });
    }

    private Optional<Listener> open(FilesSettings settings) {
        try {
            LocalIdentity identity = identity(settings.identity());
            return Optional.of(new Listener(settings, node.endpoints(), identity, node.clock(), node.timers(), disk));
        } catch (MeshException e) {
            LOG.error("Files are neither received nor given out: {} {}", e.getMessage(), e.remedy());
            return Optional.empty();
        }
    }

    @Override
    public FileTransfer send(Path file, DestinationHash to, Options options) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    file + " is no file that can be read.",
                    "Check the name, and that the user who runs Kairos may read it; put folders into an archive.");
        }
        LocalIdentity identity = identity(options.identity());
        try {
            Outgoing transfer = new Outgoing(Files.size(file));
            Upload upload = new Upload(file, options.compress(), transfer, disk);
            begin(to, options, transfer, link -> {
                link.identify(identity);
                upload.start(link, understandsPieces(to));
            });
            return transfer;
        } catch (IOException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE, file + " could not be read: " + e.getMessage(), "Check the file.", e);
        }
    }

    @Override
    public FileTransfer fetch(String name, DestinationHash from, Path folder, boolean overwrite, Options options) {
        LocalIdentity identity = identity(options.identity());
        Inbox inbox = new Inbox(folder, overwrite);
        inbox.prepare();
        Outgoing transfer = new Outgoing(0);
        begin(
                from,
                options,
                transfer,
                link -> new Download(name, inbox, transfer, disk, node.clock())
                        .start(link, identity, options.patience(), understandsPieces(from)));
        return transfer;
    }

    /** Connects, and does so again after a pause where the link breaks on the way. */
    private void begin(DestinationHash to, Options options, Outgoing transfer, Consumer<Link> then) {
        transfer.onBreak(before -> {
            Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(before, Outgoing.MOST_BREAKS));
            LOG.debug("A transfer broke off; it is taken up again in {} s", pause.toSeconds());
            node.timers().after(pause, () -> connect(to, options, transfer, then));
        });
        connect(to, options, transfer, then);
    }

    private void connect(DestinationHash to, Options options, Outgoing transfer, Consumer<Link> then) {
        if (transfer.phase() != FileTransfer.Phase.CONNECTING) {
            return; // cancelled meanwhile
        }
        AtomicBoolean over = new AtomicBoolean();
        Timers.Timer patience = node.timers().after(options.patience(), () -> {
            if (over.compareAndSet(false, true)) {
                unreachable(
                        transfer,
                        new MeshException(
                                Failure.Kind.NETWORK,
                                "The destination did not answer in time.",
                                "mesh:path shows whether a way is known; a longer wait (-w 60) helps on slow media."));
            }
        });
        node.endpoints().connect(to).whenComplete((link, failure) -> {
            patience.cancel();
            if (!over.compareAndSet(false, true)) {
                if (link != null) {
                    link.close();
                }
                return;
            }
            if (failure != null) {
                unreachable(transfer, failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
                return;
            }
            transfer.connected(link);
            try {
                then.accept(link);
            } catch (RuntimeException e) {
                transfer.fail(e);
            }
        });
    }

    /** Nobody waits for what was never there; what broke on the way is tried a few times. */
    private static void unreachable(Outgoing transfer, Throwable failure) {
        if (transfer.interruptions() == 0) {
            transfer.fail(failure);
        } else {
            String remedy = failure instanceof MeshException known ? known.remedy() : "Try again.";
            transfer.broke(null, String.valueOf(failure.getMessage()), remedy);
        }
    }

    private boolean understandsPieces(DestinationHash to) {
        return node.known()
                .peek(to)
                .flatMap(KnownDestination::appData)
                .map(data -> new String(data, StandardCharsets.UTF_8).equals(Chunk.MARK))
                .orElse(false);
    }

    @Override
    public Optional<Serving> serving() {
        return listener.map(Listener::serving);
    }

    private LocalIdentity identity(String name) {
        return node.identities().find(name).orElseGet(() -> node.identities().create(name));
    }

    @Override
    public void close() {
        listener.ifPresent(Listener::close);
        if (disk instanceof ExecutorService service) {
            service.shutdownNow();
        }
    }
}
