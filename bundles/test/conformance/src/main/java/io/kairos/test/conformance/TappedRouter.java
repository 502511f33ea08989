package io.kairos.test.conformance;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.LocalReceiver;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.ProofReceiver;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * The product's router with an ear at it: shows what endpoints send and receive to the commands that have to tell the
 * suite of single packets. Decides and changes nothing, except that it loses what a {@link LinkWatch} wants lost.
 *
 * <p>Threads: any.
 */
final class TappedRouter implements PacketRouter {

    private final PacketRouter router;
    private final Map<DestinationHash, LinkWatch> watches = new ConcurrentHashMap<>();
    private final Map<DestinationHash, LocalReceiver> receivers = new ConcurrentHashMap<>();
    private final List<ProofReceiver> proofReceivers = new CopyOnWriteArrayList<>();
    private volatile BiConsumer<byte[], Integer> ear = (raw, length) -> {};

    TappedRouter(PacketRouter router) {
        this.router = router;
    }

    void watch(DestinationHash linkId, LinkWatch watch) {
        watches.put(linkId, watch);
    }

    /** Is shown everything that this node sends by itself. */
    void listen(BiConsumer<byte[], Integer> listener) {
        ear = listener;
    }

    /** Hands a packet to whoever is registered for its address, as the router would. */
    boolean deliver(InboundPacket packet) {
        LocalReceiver receiver = receivers.get(packet.destination());
        return receiver != null && receiver.received(packet);
    }

    @Override
    public DestinationHash transportId() {
        return router.transportId();
    }

    @Override
    public boolean forwards() {
        return router.forwards();
    }

    @Override
    public Registration register(DestinationHash address, DestinationType type, LocalReceiver receiver) {
        LocalReceiver heard = type == DestinationType.LINK ? watched(address, receiver) : receiver;
        Registration registration = router.register(address, type, heard);
        receivers.put(address, receiver);
        return () -> {
            registration.close();
            receivers.remove(address, receiver);
        };
    }

    private LocalReceiver watched(DestinationHash address, LocalReceiver receiver) {
        return packet -> {
            LinkWatch watch = watches.get(address);
            return watch != null && !watch.arriving(packet) || receiver.received(packet);
        };
    }

    /** Shows a proof to whoever waits for proofs, as the router would. */
    void proof(InboundPacket packet) {
        proofReceivers.forEach(receiver -> receiver.proofReceived(packet));
    }

    @Override
    public Registration registerProofs(ProofReceiver receiver) {
        Registration registration = router.registerProofs(receiver);
        proofReceivers.add(receiver);
        return () -> {
            registration.close();
            proofReceivers.remove(receiver);
        };
    }

    @Override
    public int send(byte[] packet, int length, InterfaceHandle only, boolean more) {
        LinkWatch watch = watches.get(PacketBytes.destination(packet, 0));
        if (watch != null) {
            if (!watch.takes()) {
                return 0;
            }
            watch.leaving(packet, length);
        }
        ear.accept(packet, length);
        return router.send(packet, length, only, more);
    }

    @Override
    public void flush(InterfaceHandle on) {
        router.flush(on);
    }

    @Override
    public Optional<NextHop> nextHop(DestinationHash destination) {
        return router.nextHop(destination);
    }

    @Override
    public CompletionStage<Boolean> requestPath(DestinationHash destination, Duration timeout) {
        return router.requestPath(destination, timeout);
    }

    @Override
    public void rediscover(DestinationHash destination) {
        router.rediscover(destination);
    }

    @Override
    public void expirePath(DestinationHash destination) {
        router.expirePath(destination);
    }

    @Override
    public void markUnresponsive(DestinationHash destination) {
        router.markUnresponsive(destination);
    }

    @Override
    public void markResponsive(DestinationHash destination, Duration roundTrip) {
        router.markResponsive(destination, roundTrip);
    }

    @Override
    public void correctHops(DestinationHash destination, int hops) {
        router.correctHops(destination, hops);
    }

    @Override
    public Duration firstHopTimeout(DestinationHash destination) {
        return router.firstHopTimeout(destination);
    }
}
