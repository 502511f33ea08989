package io.kairos.test.fuzz;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.LocalReceiver;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.ProofReceiver;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A router with one interface and nobody behind it but the target. */
final class FuzzRouter implements PacketRouter, InterfaceHandle {

    private final Map<DestinationHash, LocalReceiver> receivers = new HashMap<>();
    private final Consumer<byte[]> sent;

    FuzzRouter(Consumer<byte[]> sent) {
        this.sent = sent;
    }

    void deliver(byte[] raw) {
        LocalReceiver receiver = receivers.get(PacketBytes.destination(raw, 0));
        if (receiver != null) {
            receiver.received(new InboundPacket(
                    raw,
                    PacketBytes::hash,
                    PacketBytes.headerLength(raw, 0),
                    PacketBytes.destination(raw, 0),
                    1,
                    PacketBytes.context(raw, 0),
                    this,
                    null));
        }
    }

    @Override
    public DestinationHash transportId() {
        return new DestinationHash(1, 2);
    }

    @Override
    public boolean forwards() {
        return true;
    }

    @Override
    public Registration register(DestinationHash address, DestinationType type, LocalReceiver receiver) {
        receivers.put(address, receiver);
        return () -> receivers.remove(address, receiver);
    }

    @Override
    public Registration registerProofs(ProofReceiver receiver) {
        return () -> {};
    }

    @Override
    public int send(byte[] packet, int length, InterfaceHandle only, boolean more) {
        sent.accept(Arrays.copyOf(packet, length));
        return 1;
    }

    @Override
    public void flush(InterfaceHandle on) {}

    @Override
    public Optional<NextHop> nextHop(DestinationHash destination) {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Boolean> requestPath(DestinationHash destination, Duration timeout) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public void rediscover(DestinationHash destination) {}

    @Override
    public void expirePath(DestinationHash destination) {}

    @Override
    public void markUnresponsive(DestinationHash destination) {}

    @Override
    public void markResponsive(DestinationHash destination, Duration roundTrip) {}

    @Override
    public void correctHops(DestinationHash destination, int hops) {}

    @Override
    public Duration firstHopTimeout(DestinationHash destination) {
        return Duration.ofSeconds(6);
    }

    @Override
    public String name() {
        return "fuzz";
    }

    @Override
    public LinkBudget budget() {
        return LinkBudget.plain(1_000_000, 500);
    }

    @Override
    public InterfaceMode mode() {
        return InterfaceMode.FULL;
    }

    @Override
    public boolean isUp() {
        return true;
    }
}
