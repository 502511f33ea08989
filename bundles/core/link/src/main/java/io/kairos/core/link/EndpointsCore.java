package io.kairos.core.link;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.PacketReceipt;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PacketRouter.NextHop;
import io.kairos.api.routing.PacketRouter.Registration;
import io.kairos.core.link.destination.OpenDestination;
import io.kairos.core.link.life.IncomingLink;
import io.kairos.core.link.life.LinkHost;
import io.kairos.core.link.life.LiveLink;
import io.kairos.core.link.life.OutgoingLink;
import io.kairos.core.link.outgoing.PacketSender;
import io.kairos.core.link.outgoing.Receipt;
import io.kairos.core.link.outgoing.Receipts;
import io.kairos.core.link.resource.ReceiveBudget;
import io.kairos.core.link.resource.SendBudget;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.LinkRequestCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that lives at an address of this node: destinations, links, receipts.
 *
 * <p>Plain code without a container; {@link EndpointsComponent} wires it. Threads: any.
 */
public final class EndpointsCore implements Endpoints, OpenDestination.Owner, LinkHost, AutoCloseable {

    private static final int MOST_HALF_OPEN_LINKS = 1024;
    private static final int MOST_LINKS = 65_536;
    private static final Logger LOG = LoggerFactory.getLogger(EndpointsCore.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final Duration PATH_PATIENCE = Duration.ofSeconds(15);

    private final Surroundings surroundings;
    private final Receipts receipts;
    private final PacketSender packets;
    private final Registration proofs;
    private final ReceiveBudget receiveBudget = new ReceiveBudget();
    private final SendBudget sendBudget = new SendBudget();
    private final LinkTally tally = new LinkTally();
    private final Map<DestinationHash, OpenDestination> destinations = new ConcurrentHashMap<>();
    private final Map<DestinationHash, LiveLink> links = new ConcurrentHashMap<>();

    public EndpointsCore(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.receipts = new Receipts(surroundings.clock(), surroundings.timers());
        this.packets = new PacketSender(surroundings, receipts);
        this.proofs = surroundings.router().registerProofs(packets);
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public Receipts receipts() {
        return receipts;
    }

    @Override
    public ReceiveBudget receiveBudget() {
        return receiveBudget;
    }

    @Override
    public SendBudget sendBudget() {
        return sendBudget;
    }

    @Override
    public LinkTally tally() {
        return tally;
    }

    // ---- destinations ----

    @Override
    public LocalDestination open(DestinationSettings settings) {
        OpenDestination opened = new OpenDestination(surroundings, settings, this);
        if (destinations.putIfAbsent(opened.address(), opened) != null) {
            throw alreadyOpen(settings);
        }
        try {
            opened.register();
        } catch (IllegalStateException e) {
            destinations.remove(opened.address(), opened);
            throw alreadyOpen(settings);
        }
        return opened;
    }

    private static MeshException alreadyOpen(DestinationSettings settings) {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "The destination %s is open already".formatted(settings.nameWithIdentity()),
                "Close it first, or use another identity or name.");
    }

    @Override
    public void closed(OpenDestination destination) {
        if (destinations.remove(destination.address(), destination)) {
            for (LiveLink link : links.values()) {
                if (!link.isInitiator() && link.destination().equals(destination.address())) {
                    link.close();
                }
            }
        }
    }

    @Override
    public List<LocalDestination> destinations() {
        return List.copyOf(destinations.values());
    }

    // ---- packets ----

    @Override
    public PacketReceipt send(DestinationHash to, byte[] data) {
        return sendReceipted(to, data);
    }

    private Receipt sendReceipted(DestinationHash to, byte[] data) {
        Optional<KnownDestination> known = surroundings.known().get().recall(to);
        PublicIdentity identity =
                known.map(KnownDestination::identity).or(() -> ownIdentity(to)).orElseThrow(EndpointsCore::unheardOf);
        byte[] key = known.flatMap(KnownDestination::ratchet).orElseGet(identity::encryptionKey);
        return packets.single(to, identity, key, data);
    }

    private Optional<PublicIdentity> ownIdentity(DestinationHash to) {
        return Optional.ofNullable(destinations.get(to))
                .flatMap(destination -> destination.settings().identity())
                .map(identity -> identity.publicIdentity());
    }

    private static MeshException unheardOf() {
        return new MeshException(
                Failure.Kind.PEER,
                "Nothing has been heard of the destination yet",
                "Ask for its path, for example with mesh:probe, or wait for its next announce.");
    }

    @Override
    public PacketReceipt sendPlain(String fullName, byte[] data) {
        return packets.plain(Hashes.plainDestination(fullName), data);
    }

    @Override
    public PacketReceipt sendGroup(DestinationHash to, byte[] key, byte[] data) {
        return packets.group(to, key, data);
    }

    // ---- links ----

    @Override
    public List<Link> links() {
        return List.copyOf(links.values());
    }

    @Override
    public CompletionStage<Link> connect(DestinationHash to) {
        OpenDestination own = destinations.get(to);
        if (own != null && own.settings().type() != DestinationType.SINGLE) {
            return CompletableFuture.failedFuture(new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "Links are opened to SINGLE destinations only, and this one is "
                            + own.settings().type(),
                    "Send packets to it."));
        }
        return withPath(to, PATH_PATIENCE).thenCompose(known -> establish(to));
    }

    /** Completes when a path is known or cannot be found; whoever goes on is told by what is missing then. */
    private CompletionStage<Boolean> withPath(DestinationHash to, Duration patience) {
        boolean known =
                surroundings.router().nextHop(to).isPresent() && identity(to).isPresent();
        return known
                ? CompletableFuture.completedFuture(true)
                : surroundings
                        .router()
                        .requestPath(to, patience)
                        .thenApplyAsync(found -> found, surroundings.workers().handlers());
    }

    private Optional<PublicIdentity> identity(DestinationHash to) {
        return surroundings
                .known()
                .find()
                .flatMap(known -> known.recall(to))
                .map(KnownDestination::identity)
                .or(() -> ownIdentity(to));
    }

    private CompletionStage<Link> establish(DestinationHash to) {
        Optional<PublicIdentity> identity = identity(to);
        if (identity.isEmpty()) {
            return CompletableFuture.failedFuture(unheardOf());
        }
        if (links.size() >= MOST_LINKS) {
            return CompletableFuture.failedFuture(new MeshException(
                    Failure.Kind.POLICY,
                    "This node has %d links open, which is the most it keeps".formatted(MOST_LINKS),
                    "Close some."));
        }
        OutgoingLink link = OutgoingLink.to(this, to, identity.get());
        links.put(link.id(), link);
        return link.open();
    }

    /** Keys are agreed on a worker, so that a flood of requests does not stop the receiving thread. */
    @Override
    public boolean linkRequested(OpenDestination destination, InboundPacket request) {
        if (request.dataLength() < LinkRequestCodec.KEYS) {
            return false;
        }
        if (!hasRoom()) {
            tally.count(LinkTally.Event.LINK_REFUSED);
            return false;
        }
        try {
            surroundings.workers().jobs().execute(() -> accept(destination, request));
            return true;
        } catch (RejectedExecutionException e) {
            tally.count(LinkTally.Event.LINK_REFUSED);
            return false;
        }
    }

    private boolean hasRoom() {
        return links.size() < MOST_LINKS
                && (links.size() < MOST_HALF_OPEN_LINKS || halfOpenLinks() < MOST_HALF_OPEN_LINKS);
    }

    private long halfOpenLinks() {
        return links.values().stream()
                .filter(link -> link instanceof IncomingLink incoming && incoming.isHalfOpen())
                .count();
    }

    private void accept(OpenDestination destination, InboundPacket request) {
        if (links.containsKey(LinkRequestCodec.linkId(request.raw()))) {
            return; // the same request once more
        }
        IncomingLink.of(this, destination, request).ifPresent(link -> {
            if (links.putIfAbsent(link.id(), link) == null) {
                try {
                    link.open();
                } catch (IllegalStateException e) {
                    links.remove(link.id(), link);
                }
            }
        });
    }

    /** A node that does not forward has nobody else to notice that a path is dead. */
    @Override
    public void ended(LiveLink link, boolean everUp) {
        links.remove(link.id(), link);
        if (!everUp && link.isInitiator()) {
            tally.count(LinkTally.Event.LINK_UNANSWERED);
        }
        Optional<PacketRouter> router = surroundings.router().find();
        if (!everUp && link.isInitiator() && router.isPresent() && !router.get().forwards()) {
            router.get().expirePath(link.destination());
            router.get().rediscover(link.destination());
        }
    }

    // ---- probes ----

    @Override
    public CompletionStage<ProbeResult> probe(DestinationHash to, int size, Duration timeout) {
        return withPath(to, timeout).thenCompose(known -> probeNow(to, size, timeout));
    }

    private CompletionStage<ProbeResult> probeNow(DestinationHash to, int size, Duration timeout) {
        Receipt receipt;
        try {
            receipt = sendReceipted(to, surroundings.random().bytes(size));
        } catch (MeshException e) {
            return CompletableFuture.failedFuture(e);
        }
        int hops = surroundings.router().nextHop(to).map(NextHop::hops).orElse(0);
        surroundings.timers().after(timeout, () -> receipts.end(receipt, PacketReceipt.Status.FAILED));
        return receipt.outcome()
                .thenApply(
                        status -> new ProbeResult(status == PacketReceipt.Status.DELIVERED, receipt.roundTrip(), hops));
    }

    /** Closes links and destinations; the other ends are told, unless that takes longer than a second. */
    @Override
    public void close() {
        closeLinks(List.copyOf(links.values()));
        destinations.values().forEach(OpenDestination::close);
        proofs.close();
        receipts.close();
    }

    /** Whoever ends the endpoints ends the router next; a link that is busy on another thread has to get its word out. */
    private static void closeLinks(List<LiveLink> open) {
        CountDownLatch told = new CountDownLatch(open.size());
        open.forEach(link -> link.close(told::countDown));
        try {
            if (!told.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{} links are too busy to be closed with a word to the other end", told.getCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
