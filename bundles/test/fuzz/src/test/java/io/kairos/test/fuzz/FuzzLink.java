package io.kairos.test.fuzz;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Token;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.Decision;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.link.LocalDestination.IncomingRequest;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.core.link.EndpointsCore;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.link.RouterDoor;
import io.kairos.core.link.Slot;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.Workers;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.wire.LinkProofCodec;
import io.kairos.lib.wire.LinkRequestCodec;
import io.kairos.lib.wire.LinkSignalling;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.ResourceAdvertisement;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;

/** A link that ends at real endpoints, seen from its other end, which knows the keys and may say whatever it likes. */
final class FuzzLink implements AutoCloseable {

    private static final int DATA = PacketBytes.flags(PacketType.DATA, DestinationType.LINK);
    private static final int PROOF = PacketBytes.flags(PacketType.PROOF, DestinationType.LINK);
    private static final byte[] PEER_KEY = new byte[32];

    final EndpointsCore endpoints;
    private final ManualClock clock = new ManualClock();
    private final FuzzRouter router = new FuzzRouter(this::sent);
    private final DestinationHash id;
    private final Token token;
    private byte[] linkProof;
    private Link link;
    private byte[] offeredHash = new byte[32];
    private int sentPackets;

    FuzzLink(CryptoSuite suite, Path folder) {
        RouterDoor door = new RouterDoor();
        door.bind(router);
        Executor later = task -> clock.after(Duration.ZERO, task);
        endpoints = new EndpointsCore(new Surroundings(
                clock,
                clock,
                door,
                Slot.of(suite),
                new Slot<>("known"),
                Slot.of(new MemoryStore()),
                new Workers(later, later),
                new Random(1)::nextBytes,
                folder,
                LinkSettings.DEFAULT));
        LocalDestination destination = endpoints.open(DestinationSettings.single("kairos.fuzz", new FuzzIdentity(suite))
                .withProofs(ProofStrategy.ALL));
        destination.onRequest("/echo", Access.EVERYBODY, Set.of(), IncomingRequest::data);
        destination.onRequest("/file", Access.EVERYBODY, Set.of(), asked -> ResourceData.of(new byte[2000]));
        destination.onLink(this::opened);
        byte[] request = PacketBytes.build(
                PacketBytes.flags(PacketType.LINK_REQUEST, DestinationType.SINGLE),
                destination.address(),
                PacketContext.NONE,
                LinkRequestCodec.encode(
                        suite.keyAgreement().publicKey(PEER_KEY),
                        suite.signer().publicKey(PEER_KEY),
                        new LinkSignalling(LinkSignalling.AES_256_CBC, PacketBytes.MTU)));
        id = LinkRequestCodec.linkId(request);
        router.deliver(request);
        clock.advance(Duration.ofMillis(10));
        byte[] body = Arrays.copyOfRange(linkProof, PacketBytes.SHORT_HEADER, linkProof.length);
        byte[] shared =
                suite.keyAgreement().agree(PEER_KEY, LinkProofCodec.decode(body).encryptionKey());
        token = suite.token(suite.deriveKey(64, shared, id.toBytes(), new byte[0]));
        say(PacketContext.LINK_RTT, MessagePack.pack(0.01));
        Fuzzing.check(link != null, "the link is up");
        sentPackets = 0;
    }

    private void opened(Link up) {
        link = up;
        up.acceptResources(offer -> Decision.ACCEPT);
        up.channel().onMessage(0x0101, message -> {});
        up.channel().onStream(1, bytes -> {});
    }

    /** Something that is encrypted before it is sent. */
    void say(int context, byte[] plaintext) {
        receive(PacketBytes.build(DATA, id, context, token.seal(plaintext)));
    }

    void sayPlain(int context, byte[] data) {
        receive(PacketBytes.build(DATA, id, context, data));
    }

    void prove(int context, byte[] data) {
        receive(PacketBytes.build(PROOF, id, context, data));
    }

    private void receive(byte[] packet) {
        router.deliver(packet);
        pass(Duration.ofMillis(1));
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    /** Lets the target offer a resource. */
    void offer(int bytes) {
        if (link.state() == Link.State.ACTIVE) {
            link.send(ResourceData.of(new byte[bytes]), new ResourceOptions(Optional.empty(), false));
            pass(Duration.ofMillis(1));
        }
    }

    /** Hash of the segment that the target offered last; zeroes before. */
    byte[] offeredHash() {
        return offeredHash;
    }

    int sentPackets() {
        return sentPackets;
    }

    private void sent(byte[] packet) {
        sentPackets++;
        int context = PacketBytes.context(packet, 0);
        if (context == PacketContext.LINK_REQUEST_PROOF) {
            linkProof = packet;
        } else if (context == PacketContext.RESOURCE_ADVERTISEMENT) {
            byte[] plain = token.open(Arrays.copyOfRange(packet, PacketBytes.SHORT_HEADER, packet.length));
            offeredHash = ResourceAdvertisement.decode(plain).hash();
        }
    }

    @Override
    public void close() {
        endpoints.close();
        pass(Duration.ofSeconds(1));
    }
}
