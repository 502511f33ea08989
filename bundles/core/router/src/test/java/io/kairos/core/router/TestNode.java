package io.kairos.core.router;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.LocalReceiver;
import io.kairos.api.routing.RoutingStrategy;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.routing.reticulum.FewestHops;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A router whose time stands until the test lets it pass; everything runs on the test's thread. */
final class TestNode {

    static final CryptoSuite SUITE = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());

    final ManualClock clock;
    final MemoryStore store;
    final Keys identity;
    final RouterCore core;
    Optional<CryptoSuite> suite = Optional.of(SUITE);
    Optional<RoutingStrategy> strategy = Optional.of(new FewestHops());
    final List<AnnounceListener> listeners = new ArrayList<>();

    TestNode(String seed, ManualClock clock) {
        this(new Keys(seed), clock, true, new MemoryStore());
    }

    TestNode(Keys identity, ManualClock clock, boolean forward, MemoryStore store) {
        this(identity, clock, RouterSettings.defaults(64 << 20).withForward(forward), store);
    }

    TestNode(Keys identity, ManualClock clock, RouterSettings settings, MemoryStore store) {
        this.identity = identity;
        this.clock = clock;
        this.store = store;
        core = new RouterCore(
                settings,
                new Collaborators(
                        clock,
                        clock,
                        () -> suite,
                        () -> strategy,
                        () -> listeners,
                        store,
                        identity,
                        Runnable::run,
                        Runnable::run,
                        1,
                        Runnable::run,
                        new Random(42)));
        core.start();
    }

    TestInterface open(String name) {
        return TestInterface.open(name, core);
    }

    DestinationHash id() {
        return core.packetRouter().transportId();
    }

    /** As if the duplicate list were new. */
    void forgetDuplicates() {
        core.parts().traffic().replaceDuplicates(new io.kairos.core.router.table.DuplicateList(500_000, new Random(1)));
    }

    /** Lets time pass in steps in which the periodic jobs run. */
    void advance(double seconds) {
        clock.advance(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    long refused(Refusal why) {
        return core.router().refusals().getOrDefault(why.word(), 0L);
    }

    /** Makes a destination of this node that takes what comes. */
    Destination destination(String name) {
        return new Destination(this, name);
    }

    static byte[] announce(Keys keys, String name, byte[] appData, long emission, boolean pathResponse) {
        DestinationHash destination = keys.destination(name);
        byte[] random = Hashes.sha256((name + emission + pathResponse).getBytes());
        byte[] blob = AnnounceCodec.blob(random, emission);
        byte[] publicKeys = keys.publicIdentity().toBytes();
        byte[] signature = keys.sign(
                AnnounceCodec.signedData(destination, publicKeys, Hashes.name(name), blob, Optional.empty(), appData));
        byte[] payload =
                AnnounceCodec.encode(publicKeys, Hashes.name(name), blob, Optional.empty(), signature, appData);
        int flags = PacketBytes.flags(PacketType.ANNOUNCE, DestinationType.SINGLE);
        return PacketBytes.build(flags, destination, pathResponse ? 0x0b : 0, payload);
    }

    /** As another node passes a packet on. */
    static byte[] relayed(byte[] announce, int hops, DestinationHash transport) {
        return PacketBytes.withTransport(announce, announce.length, transport, hops, true);
    }

    /** A destination of a node, with everything it received. */
    static final class Destination implements LocalReceiver {

        final TestNode node;
        final String name;
        final DestinationHash hash;
        final List<InboundPacket> received = new ArrayList<>();
        int requests;

        Destination(TestNode node, String name) {
            this.node = node;
            this.name = name;
            this.hash = node.identity.destination(name);
            node.core.packetRouter().register(hash, DestinationType.SINGLE, this);
        }

        int announce() {
            return node.core
                    .packetRouter()
                    .send(TestNode.announce(
                            node.identity, name, new byte[] {1}, node.clock.wallMillis() / 1000, false));
        }

        @Override
        public boolean received(InboundPacket packet) {
            received.add(packet);
            return true;
        }

        @Override
        public void pathRequested(InterfaceHandle on, byte[] tag) {
            requests++;
            byte[] packet =
                    TestNode.announce(node.identity, name, new byte[] {1}, node.clock.wallMillis() / 1000, true);
            node.core.packetRouter().send(packet, packet.length, on, false);
        }
    }

    /** An identity from a seed or from its private keys. */
    static final class Keys implements LocalIdentity {

        private final byte[] seed;
        private final PublicIdentity identity;

        Keys(String seed) {
            this(privateKeys(seed));
        }

        Keys(byte[] privateKeys) {
            seed = Arrays.copyOfRange(privateKeys, 32, 64);
            byte[] both = Arrays.copyOf(SUITE.keyAgreement().publicKey(Arrays.copyOf(privateKeys, 32)), 64);
            System.arraycopy(SUITE.signer().publicKey(seed), 0, both, 32, 32);
            identity = PublicIdentity.of(both, Hashes.identity(both));
        }

        private static byte[] privateKeys(String seed) {
            byte[] both = Arrays.copyOf(Hashes.sha256((seed + "x").getBytes()), 64);
            System.arraycopy(Hashes.sha256((seed + "e").getBytes()), 0, both, 32, 32);
            return both;
        }

        DestinationHash destination(String destinationName) {
            return Hashes.destination(destinationName, identity.hash());
        }

        @Override
        public String name() {
            return "node";
        }

        @Override
        public PublicIdentity publicIdentity() {
            return identity;
        }

        @Override
        public byte[] sign(byte[] message) {
            return SUITE.signer().sign(seed, message);
        }

        @Override
        public Optional<byte[]> agree(byte[] peerPublicKey) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
            return Optional.empty();
        }
    }
}
