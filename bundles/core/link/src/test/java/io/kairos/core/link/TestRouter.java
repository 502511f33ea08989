package io.kairos.core.link;

import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.LocalReceiver;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.ProofReceiver;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A router with one interface and one neighbour; drops repeats as the real one does. Single-threaded. */
public final class TestRouter implements PacketRouter {

    private static final Set<Integer> NEVER_REPEATS = Set.of(
            PacketContext.KEEPALIVE,
            PacketContext.RESOURCE_REQUEST,
            PacketContext.RESOURCE_PROOF,
            PacketContext.RESOURCE,
            PacketContext.CACHE_REQUEST,
            PacketContext.CHANNEL);

    private final TestHandle handle;
    private final TestKnown known;
    private final Map<DestinationHash, LocalReceiver> receivers = new HashMap<>();
    private final Map<DestinationHash, DestinationType> types = new HashMap<>();
    private final List<ProofReceiver> proofs = new ArrayList<>();
    private final Set<ByteBuffer> seen = new HashSet<>();
    private final Map<DestinationHash, Integer> paths = new HashMap<>();
    public final List<byte[]> sent = new ArrayList<>();
    public final List<String> calls = new ArrayList<>();
    public boolean recording;
    public int mostUnflushedBytes;
    private int unflushedBytes;
    public boolean forwards;
    private Consumer<byte[]> line = packet -> {};

    public TestRouter(TestHandle handle, TestKnown known) {
        this.handle = handle;
        this.known = known;
    }

    /** Where sent packets go. */
    public void line(Consumer<byte[]> next) {
        line = next;
    }

    public void path(DestinationHash destination, int hops) {
        paths.put(destination, hops);
    }

    public TestHandle handle() {
        return handle;
    }

    /** A packet arrives from the neighbour. */
    public boolean arrive(byte[] raw) {
        PacketBytes.check(raw);
        byte[] hash = PacketBytes.hash(raw);
        int context = PacketBytes.context(raw, 0);
        boolean proofOfLink =
                PacketBytes.type(raw, 0) == PacketType.PROOF.bits() && context == PacketContext.LINK_REQUEST_PROOF;
        if (!proofOfLink && !seen.add(ByteBuffer.wrap(hash)) && !NEVER_REPEATS.contains(context)) {
            return false;
        }
        InboundPacket packet = new InboundPacket(
                raw,
                hash,
                PacketBytes.headerLength(raw, 0),
                PacketBytes.destination(raw, 0),
                PacketBytes.hops(raw, 0) + 1,
                context,
                handle,
                null);
        if (packet.type() == PacketType.ANNOUNCE) {
            announced(packet);
            return true;
        }
        boolean linkProof = packet.destinationType() == DestinationType.LINK;
        if (packet.type() == PacketType.PROOF && !linkProof) {
            proofs.forEach(receiver -> receiver.proofReceived(packet));
            return true;
        }
        LocalReceiver receiver = receivers.get(packet.destination());
        boolean taken = receiver != null
                && types.get(packet.destination()) == packet.destinationType()
                && receiver.received(packet);
        if (!taken) {
            seen.remove(ByteBuffer.wrap(hash));
        }
        return taken;
    }

    private void announced(InboundPacket packet) {
        boolean ratchet = (packet.raw()[0] & PacketBytes.CONTEXT_FLAG) != 0;
        Announce announce = AnnounceCodec.decode(packet.data(), ratchet);
        byte[] keys = announce.publicKeys();
        known.put(new KnownDestination(
                packet.destination(),
                PublicIdentity.of(keys, Hashes.identity(keys)),
                Optional.of(announce.appData()),
                announce.ratchet(),
                0));
        path(packet.destination(), packet.hops());
    }

    /** Somebody asks for a path to a destination here. */
    public void askForPath(DestinationHash destination, byte[] tag) {
        receivers.get(destination).pathRequested(handle, tag);
    }

    /** What was beyond an interface has forgotten this node. */
    public void loseWay(InterfaceHandle over) {
        List.copyOf(receivers.values()).forEach(receiver -> receiver.wayLost(over));
    }

    @Override
    public DestinationHash transportId() {
        return new DestinationHash(1, 2);
    }

    @Override
    public boolean forwards() {
        return forwards;
    }

    @Override
    public Registration register(DestinationHash address, DestinationType type, LocalReceiver receiver) {
        if (receivers.putIfAbsent(address, receiver) != null) {
            throw new IllegalStateException("registered already");
        }
        types.put(address, type);
        return () -> receivers.remove(address, receiver);
    }

    @Override
    public Registration registerProofs(ProofReceiver receiver) {
        proofs.add(receiver);
        return () -> proofs.remove(receiver);
    }

    @Override
    public int send(byte[] packet, int length, InterfaceHandle only, boolean more) {
        if (only != null && only != handle) {
            throw new IllegalArgumentException("not an interface of this router");
        }
        if (!handle.isUp()) {
            return 0;
        }
        byte[] copy = Arrays.copyOf(packet, length);
        unflushedBytes += length;
        mostUnflushedBytes = Math.max(mostUnflushedBytes, unflushedBytes);
        unflushedBytes = more ? unflushedBytes : 0;
        if (recording) {
            sent.add(copy);
        }
        line.accept(copy);
        return 1;
    }

    @Override
    public void flush(InterfaceHandle on) {
        calls.add("flush");
    }

    @Override
    public Optional<NextHop> nextHop(DestinationHash destination) {
        return Optional.ofNullable(paths.get(destination)).map(hops -> new NextHop(hops, handle));
    }

    @Override
    public Optional<InterfaceHandle> interfaceNamed(String name) {
        return Optional.<InterfaceHandle>of(handle).filter(known -> known.name().equals(name));
    }

    @Override
    public CompletionStage<Boolean> requestPath(DestinationHash destination, Duration timeout) {
        calls.add("requestPath");
        return CompletableFuture.completedFuture(paths.containsKey(destination));
    }

    @Override
    public void rediscover(DestinationHash destination) {
        calls.add("rediscover");
    }

    @Override
    public void expirePath(DestinationHash destination) {
        calls.add("expirePath");
    }

    @Override
    public void markUnresponsive(DestinationHash destination) {
        calls.add("markUnresponsive");
    }

    @Override
    public void markResponsive(DestinationHash destination, Duration roundTrip) {
        calls.add("markResponsive");
    }

    @Override
    public void correctHops(DestinationHash destination, int hops) {
        calls.add("correctHops " + hops);
        paths.put(destination, hops);
    }

    @Override
    public Duration firstHopTimeout(DestinationHash destination) {
        return Duration.ofSeconds(6);
    }
}
