package io.kairos.core.link.life;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.Channel;
import io.kairos.api.link.Link;
import io.kairos.api.link.PacketReceipt;
import io.kairos.api.link.PendingRequest;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.LocalReceiver;
import io.kairos.api.routing.PacketRouter.Registration;
import io.kairos.core.link.LinkTally.Event;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.Mailbox;
import io.kairos.core.link.actor.SerialQueue;
import io.kairos.core.link.outgoing.Receipt;
import io.kairos.lib.wire.LinkIdentityCodec;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One end of a link: what programs call, and the shell around its state machines.
 *
 * <p>Threads: packets are handled on the receiving thread by the mailbox of the link, which owns its state; programs'
 * handlers run on the callbacks' queue; the methods of {@link Link} may be called by any thread.
 */
public abstract class LiveLink extends LinkFacts implements LocalReceiver {

    private static final int WAITING_PACKETS = 4096;
    private static final int WAITING_CALLBACKS = 1024;
    private static final double ROUND_TRIPS = 6;
    private static final double SHORTEST_TIMEOUT = 0.005;

    private final LinkHost host;
    private final Mailbox mailbox;
    private final SerialQueue callbacks;
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final LinkInbound inbound;
    private final LinkParts parts;
    private final Watchdog watchdog;
    private final LinkHandlers handlers = new LinkHandlers();

    private volatile boolean everUp;
    private volatile boolean told;
    private volatile Registration registration;

    LiveLink(LinkHost host, DestinationHash id, DestinationHash destination, boolean initiator, Duration patience) {
        super(host.surroundings(), id, destination, initiator, patience);
        this.host = host;
        this.mailbox = new Mailbox(WAITING_PACKETS, () -> host.tally().count(Event.TASK_FAILED));
        this.callbacks = new SerialQueue(host.surroundings().workers().handlers(), WAITING_CALLBACKS);
        this.parts = new LinkParts(this);
        this.inbound = new LinkInbound(this);
        this.watchdog = new Watchdog(this);
    }

    // ---- what the two roles differ in ----

    /** Signs with the key that the other end knows this side by. */
    abstract byte[] sign(byte[] message);

    /** A link request proof or a round-trip time: what completes the handshake. */
    abstract void handshake(InboundPacket packet, byte[] plaintext);

    /** The destination's side of what a link may do. */
    abstract LinkRole role();

    // ---- for the parts of the link ----

    LinkHost host() {
        return host;
    }

    Surroundings surroundings() {
        return host.surroundings();
    }

    Mailbox mailbox() {
        return mailbox;
    }

    SerialQueue callbacks() {
        return callbacks;
    }

    LinkParts parts() {
        return parts;
    }

    LinkHandlers handlers() {
        return handlers;
    }

    /** Starts receiving packets for the link id, and the watchdog. */
    void register() {
        registration = surroundings().router().register(id(), DestinationType.LINK, this);
        mailbox.run(watchdog::arm);
    }

    /** The handshake is complete. */
    void established(double seconds) {
        roundTripSeconds = seconds;
        everUp = true;
        host.tally().count(isInitiator() ? Event.LINK_OPENED : Event.LINK_ACCEPTED);
        machine().established(seconds, now());
        watchdog.arm();
    }

    /** Tells the program that the link is up; what comes for a channel before it has heard of it waits. */
    void announce(Runnable program) {
        callbacks.execute(() -> {
            try {
                program.run();
            } finally {
                told = true;
            }
        });
    }

    /** Whether the link is up and its program is about to hear of it. */
    boolean isBeingTold() {
        return isActive() && !told;
    }

    /** Ends the link without telling the other end. */
    void end(CloseReason reason) {
        if (!machine().close()) {
            return;
        }
        watchdog.stop();
        Registration last = registration;
        if (last != null) {
            last.close();
        }
        parts.close();
        wire().forgetKeys();
        host.ended(this, everUp);
        callbacks.execute(() -> closed.complete(reason));
        afterEnd(reason);
    }

    /** What a role has to do when its link has ended. */
    void afterEnd(CloseReason reason) {}

    /** Tells the other end and ends. */
    void end(CloseReason reason, boolean say) {
        if (say && isKeyed()) {
            wire().send(PacketContext.LINK_CLOSE, id().toBytes());
        }
        end(reason);
    }

    private boolean isKeyed() {
        return machine().state() != State.CLOSED && wire().token() != null;
    }

    // ---- packets ----

    @Override
    public boolean received(InboundPacket packet) {
        if (!wire().accepts(packet)) {
            return false;
        }
        boolean taken = mailbox.offer(() -> inbound.received(packet));
        if (!taken) {
            host.tally().count(Event.PACKET_DROPPED);
        }
        return taken;
    }

    @Override
    public void wayLost(InterfaceHandle over) {
        if (over == wire().attached()) {
            mailbox.run(() -> end(CloseReason.FAILED));
        }
    }

    // ---- Link ----

    @Override
    public PacketReceipt send(byte[] data) {
        if (data.length > payloadBytes()) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "A packet of %d bytes is too long; %d fit into one of the %d bytes that this link carries"
                            .formatted(data.length, payloadBytes(), mtu()),
                    "Send it as a resource, or split it.");
        }
        requireActive();
        byte[] packet = wire().sealed(PacketContext.NONE, data).orElseThrow(LiveLink::notUp);
        Duration timeout =
                Duration.ofNanos(Math.round(Math.max(roundTripSeconds * ROUND_TRIPS, SHORTEST_TIMEOUT) * 1e9));
        Receipt receipt = new Receipt(PacketBytes.hash(packet), peerSigningKey, now(), timeout, callbacks);
        host.receipts().add(receipt);
        if (!wire().send(packet)) {
            host.receipts().end(receipt, PacketReceipt.Status.FAILED);
        }
        return receipt;
    }

    @Override
    public void identify(LocalIdentity identity) {
        if (!isInitiator()) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "Only who opened a link can identify on it",
                    "The other end knows the identity of the destination anyway.");
        }
        requireActive();
        byte[] keys = identity.publicIdentity().toBytes();
        byte[] signature = identity.sign(LinkIdentityCodec.signedData(id(), keys));
        wire().send(PacketContext.LINK_IDENTIFY, LinkIdentityCodec.encode(keys, signature));
    }

    @Override
    public PendingRequest request(String path, Object data, Duration timeout) {
        return parts.requests().ask(path, data, timeout);
    }

    @Override
    public ResourceTransfer send(ResourceData data, ResourceOptions options) {
        requireActive();
        return parts.resources().send(data, options, null, 0);
    }

    @Override
    public Channel channel() {
        requireActive();
        return parts.openChannel();
    }

    @Override
    public void onPacket(Consumer<byte[]> handler) {
        handlers.packet = handler;
    }

    @Override
    public void proveWhere(Predicate<byte[]> wanted) {
        handlers.proves = wanted;
    }

    @Override
    public void onIdentified(Consumer<PublicIdentity> handler) {
        handlers.identified = handler;
    }

    @Override
    public void onClosed(Consumer<CloseReason> handler) {
        closed.thenAccept(reason -> callbacks.execute(() -> handler.accept(reason)));
    }

    @Override
    public void acceptResources(Function<ResourceOffer, Decision> strategy) {
        handlers.offer = strategy;
    }

    @Override
    public void onResource(Consumer<ResourceTransfer> handler) {
        handlers.resource = handler;
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return closed;
    }

    @Override
    public void close() {
        close(() -> {});
    }

    /** Closes; {@code then} runs when the other end has been told, perhaps on another thread that is at this link now. */
    public void close(Runnable then) {
        CloseReason reason = isInitiator() ? CloseReason.INITIATOR_CLOSED : CloseReason.DESTINATION_CLOSED;
        mailbox.run(() -> {
            end(reason, machine().state() != State.PENDING);
            then.run();
        });
    }
}
