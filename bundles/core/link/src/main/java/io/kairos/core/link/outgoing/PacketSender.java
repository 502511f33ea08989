package io.kairos.core.link.outgoing;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.PacketReceipt.Status;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.PacketRouter.NextHop;
import io.kairos.api.routing.ProofReceiver;
import io.kairos.core.link.Surroundings;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PacketProofCodec;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * Sends packets to destinations of other nodes and takes their proofs.
 *
 * <p>Specification: docs/protocol/packet.md. Threads: any.
 */
public final class PacketSender implements ProofReceiver {

    private static final int LARGEST_PLAIN = 464;
    private static final int LARGEST_ENCRYPTED = 383;
    private static final int UNKNOWN_HOPS = 128;
    private static final Duration PER_HOP = Duration.ofSeconds(6);

    private final Surroundings surroundings;
    private final Receipts receipts;

    public PacketSender(Surroundings surroundings, Receipts receipts) {
        this.surroundings = surroundings;
        this.receipts = receipts;
    }

    /**
     * Sends to a SINGLE destination.
     *
     * @param key X25519 public key to encrypt to: a ratchet or the identity's own
     */
    public Receipt single(DestinationHash to, PublicIdentity identity, byte[] key, byte[] data) {
        require(data, LARGEST_ENCRYPTED);
        CryptoSuite suite = surroundings.suite().get();
        byte[] payload = suite.encrypt(key, identity.hash().toBytes(), data);
        return send(packet(DestinationType.SINGLE, to, payload), timeout(to), identity.signingKey());
    }

    public Receipt plain(DestinationHash to, byte[] data) {
        require(data, LARGEST_PLAIN);
        return send(packet(DestinationType.PLAIN, to, data), Duration.ZERO, null);
    }

    public Receipt group(DestinationHash to, byte[] key, byte[] data) {
        require(data, LARGEST_ENCRYPTED);
        if (key.length != 64 && key.length != 32) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "The key of a group has 64 or 32 bytes, this one has " + key.length,
                    "Use the key that the other members of the group have.");
        }
        byte[] payload = surroundings.suite().get().token(key).seal(data);
        return send(packet(DestinationType.GROUP, to, payload), timeout(to), null);
    }

    private static byte[] packet(DestinationType type, DestinationHash to, byte[] payload) {
        return PacketBytes.build(PacketBytes.flags(PacketType.DATA, type), to, PacketContext.NONE, payload);
    }

    private static void require(byte[] data, int largest) {
        if (data.length > largest) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "A packet of %d bytes is too long; %d fit".formatted(data.length, largest),
                    "Open a link for more, or split it.");
        }
    }

    private Duration timeout(DestinationHash to) {
        return surroundings.router().firstHopTimeout(to).plus(PER_HOP.multipliedBy(hopsTo(to)));
    }

    /** Hops on the way there, or more than a path may have where none is known. */
    int hopsTo(DestinationHash to) {
        return surroundings.router().nextHop(to).map(NextHop::hops).orElse(UNKNOWN_HOPS);
    }

    /**
     * Sends a finished packet of any type and with any context to a destination of this identity.
     *
     * @return a receipt that waits for a proof only where such packets are proved
     */
    public Receipt finished(byte[] packet, PublicIdentity identity) {
        return send(packet, timeout(PacketBytes.destination(packet, 0)), identity.signingKey());
    }

    /** Whether packets like this are proved: data, not to everybody, and not what links and resources say to themselves. */
    static boolean isProvable(byte[] packet) {
        int context = PacketBytes.context(packet, 0);
        boolean ofLink = context >= PacketContext.KEEPALIVE;
        boolean ofResource = context >= PacketContext.RESOURCE && context <= PacketContext.RESOURCE_RECEIVER_CANCEL;
        return PacketBytes.type(packet, 0) == PacketType.DATA.bits()
                && PacketBytes.destinationType(packet, 0) != DestinationType.PLAIN.bits()
                && !ofLink
                && !ofResource;
    }

    /** Nobody proves a packet without prover key; its receipt ends with whether it left at all. */
    private Receipt send(byte[] packet, Duration timeout, byte[] proverKey) {
        byte[] hash = PacketBytes.hash(packet);
        Receipt receipt = new Receipt(
                hash,
                proverKey,
                surroundings.clock().nanos(),
                timeout,
                surroundings.workers().handlers());
        if (proverKey != null && isProvable(packet)) {
            receipts.add(receipt);
        }
        if (surroundings.router().send(packet, null) == 0) {
            receipts.end(receipt, Status.FAILED);
        }
        return receipt;
    }

    /** The signature is checked on a worker, because anybody who saw the packet could send proofs for it. */
    @Override
    public void proofReceived(InboundPacket proof) {
        receipts.find(proof.destination())
                .filter(receipt -> receipt.proverKey() != null)
                .ifPresent(receipt -> {
                    try {
                        surroundings.workers().jobs().execute(() -> check(receipt, proof));
                    } catch (RejectedExecutionException tooBusy) {
                        return; // as if the proof had been lost on the way
                    }
                });
    }

    private void check(Receipt receipt, InboundPacket proof) {
        PacketProofCodec.Body body;
        try {
            body = PacketProofCodec.decode(proof.data());
        } catch (MalformedException e) {
            return;
        }
        boolean sameHash =
                body.provedHash().map(hash -> Hashes.same(hash, receipt.hash())).orElse(true);
        if (sameHash
                && surroundings
                        .suite()
                        .find()
                        .filter(suite -> suite.signer().verify(receipt.proverKey(), receipt.hash(), body.signature()))
                        .isPresent()) {
            receipts.delivered(receipt);
        }
    }
}
