package io.kairos.core.link.destination;

import io.kairos.api.crypto.Token;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.LocalReceiver;
import io.kairos.api.routing.PacketRouter.Registration;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.SerialQueue;
import io.kairos.lib.wire.PacketProofCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A destination of this node: decrypts what arrives, tells the program, proves, announces.
 *
 * <p>Threads: packets arrive on receiving threads and change to the queue of this destination at once, because decrypting
 * with many ratchets takes long; ratchets and announces are owned by that queue.
 */
public final class OpenDestination implements LocalDestination, LocalReceiver {

    /** How long an answer to a path request is kept, so that the same request gets the same answer. */
    public static final Duration ANSWERS_KEPT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(OpenDestination.class);
    private static final int WAITING_PACKETS = 1024;
    private static final byte[] NOTHING = {};

    private final Surroundings surroundings;
    private final Owner owner;
    private final DestinationHash address;
    private final SerialQueue queue;
    private final RequestHandlers requests = new RequestHandlers();
    private final Optional<Ratchets> ratchets;
    private final Optional<Announcer> announcer;
    private final AtomicLong received = new AtomicLong();
    private volatile DestinationSettings settings;
    private volatile Supplier<Optional<byte[]>> appData = Optional::empty;
    private volatile PacketHandler packets = (data, reception) -> false;
    private volatile Consumer<Link> links = link -> {};
    private volatile Registration registration;

    /** Who opens and closes destinations. */
    public interface Owner {

        /** A link request for {@code destination} has arrived; on a receiving thread. */
        boolean linkRequested(OpenDestination destination, InboundPacket request);

        /** {@code destination} has been closed. */
        void closed(OpenDestination destination);
    }

    /** Checks the settings and reads the ratchets; receives nothing yet. */
    public OpenDestination(Surroundings surroundings, DestinationSettings settings, Owner owner) {
        this.surroundings = surroundings;
        this.settings = settings;
        this.owner = owner;
        this.address = DestinationName.address(settings);
        this.queue = new SerialQueue(surroundings.workers().handlers(), WAITING_PACKETS);
        boolean single = settings.type() == DestinationType.SINGLE;
        this.ratchets = settings.ratchets()
                .filter(rotating -> single)
                .map(rotating ->
                        new Ratchets(surroundings, rotating, settings.identity().orElseThrow(), address));
        this.announcer = settings.identity()
                .filter(identity -> single)
                .map(identity -> new Announcer(surroundings, address, settings.fullName(), identity, ratchets));
    }

    /** Starts receiving. */
    public void register() {
        registration = surroundings.router().register(address, settings.type(), this);
    }

    @Override
    public DestinationHash address() {
        return address;
    }

    @Override
    public DestinationSettings settings() {
        return settings;
    }

    public RequestHandlers requests() {
        return requests;
    }

    /** Where a new link is reported. */
    public Consumer<Link> linkHandler() {
        return links;
    }

    @Override
    public void announce(Optional<byte[]> data) {
        Announcer present = announcer.orElseThrow(() -> new MeshException(
                Failure.Kind.CONFIGURATION,
                "Only SINGLE destinations can be announced",
                "Others are known to their users without an announce."));
        Optional<byte[]> copy = data.map(byte[]::clone);
        queue.execute(() -> attempt(() -> present.announce(copy.or(appData).orElse(NOTHING))));
    }

    @Override
    public void pathRequested(InterfaceHandle on, byte[] tag) {
        announcer.ifPresent(present -> queue.offer(
                () -> attempt(() -> present.answer(on, tag, appData.get().orElse(NOTHING)))));
    }

    /** An announce that fails is not worth more than a line: the next one comes. */
    private static void attempt(Runnable announce) {
        try {
            announce.run();
        } catch (MeshException e) {
            LOG.warn("A destination could not be announced: {} {}", e.getMessage(), e.remedy());
        }
    }

    @Override
    public boolean received(InboundPacket packet) {
        if (packet.type() == PacketType.LINK_REQUEST) {
            return settings.type() == DestinationType.SINGLE
                    && settings.acceptsLinks()
                    && owner.linkRequested(this, packet);
        }
        return packet.type() == PacketType.DATA
                && packet.destinationType() == settings.type()
                && queue.offer(() -> data(packet));
    }

    private void data(InboundPacket packet) {
        switch (settings.type()) {
            case PLAIN -> deliver(packet, packet.data(), false);
            case GROUP -> openGroup(packet.data()).ifPresent(data -> deliver(packet, data, false));
            default -> decrypt(packet);
        }
    }

    private Optional<byte[]> openGroup(byte[] sealed) {
        Token token = surroundings.suite().get().token(settings.groupKey().orElseThrow());
        return Optional.ofNullable(token.open(sealed));
    }

    private void decrypt(InboundPacket packet) {
        LocalIdentity identity = settings.identity().orElseThrow();
        byte[] sealed = packet.data();
        if (ratchets.isPresent() && !ratchets.get().keys().isEmpty()) {
            Optional<byte[]> data = identity.decrypt(sealed, ratchets.get().keys(), true);
            if (data.isPresent()) {
                deliver(packet, data.get(), true);
                return;
            }
        }
        if (ratchets.isEmpty() || !ratchets.get().isEnforced()) {
            identity.decrypt(sealed, List.of(), false).ifPresent(data -> deliver(packet, data, false));
        }
    }

    private void deliver(InboundPacket packet, byte[] data, boolean ratcheted) {
        received.incrementAndGet();
        boolean asked = packets.received(
                data, new Reception(packet.hops(), packet.receivedOn().name(), ratcheted));
        boolean prove =
                settings.proofs() == ProofStrategy.ALL || settings.proofs() == ProofStrategy.APPLICATION && asked;
        if (prove && settings.type() == DestinationType.SINGLE) {
            byte[] signature = settings.identity().orElseThrow().sign(packet.hash());
            byte[] proof = PacketProofCodec.single(
                    packet.hash(), signature, surroundings.settings().explicitProofs());
            surroundings.router().send(proof, packet.receivedOn());
        }
    }

    @Override
    public void defaultAppData(Supplier<Optional<byte[]>> data) {
        appData = data;
    }

    @Override
    public void proofs(ProofStrategy strategy) {
        settings = settings.withProofs(strategy);
    }

    @Override
    public void onPacket(PacketHandler handler) {
        packets = handler;
    }

    @Override
    public void onLink(Consumer<Link> handler) {
        links = handler;
    }

    @Override
    public void onRequest(String path, Access access, Set<IdentityHash> allowed, RequestHandler handler) {
        requests.put(path, access, allowed, handler);
    }

    @Override
    public void removeRequestHandler(String path) {
        requests.remove(path);
    }

    @Override
    public long receivedPackets() {
        return received.get();
    }

    @Override
    public void close() {
        Registration last = registration;
        if (last != null) {
            last.close();
        }
        owner.closed(this);
    }
}
