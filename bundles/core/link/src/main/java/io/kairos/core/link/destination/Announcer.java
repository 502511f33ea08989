package io.kairos.core.link.destination;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.core.link.Surroundings;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Builds and sends the announces of one destination.
 *
 * <p>Threads: owned by the queue of its destination. Specification: docs/protocol/announce.md.
 */
final class Announcer {

    private static final long ANSWER_KEPT_NANOS = OpenDestination.ANSWERS_KEPT.toNanos();
    private static final int ANSWERS_KEPT = 64;
    private static final int BLOB_RANDOM = 5;

    private final Surroundings surroundings;
    private final DestinationHash address;
    private final byte[] nameHash;
    private final LocalIdentity identity;
    private final Optional<Ratchets> ratchets;
    private final EmissionClock emission;
    private final Map<ByteBuffer, Answer> answers = new LinkedHashMap<>();

    Announcer(
            Surroundings surroundings,
            DestinationHash address,
            String fullName,
            LocalIdentity identity,
            Optional<Ratchets> ratchets) {
        this.surroundings = surroundings;
        this.address = address;
        this.nameHash = Hashes.name(fullName);
        this.identity = identity;
        this.ratchets = ratchets;
        this.emission = new EmissionClock(surroundings.clock(), surroundings.store(), "announces/" + address.toHex());
    }

    void announce(byte[] appData) {
        surroundings.router().send(build(appData, PacketContext.NONE), null);
    }

    /** Answers a path request on the interface it came from; the same request gets the same answer. */
    void answer(InterfaceHandle on, byte[] tag, byte[] appData) {
        long now = surroundings.clock().nanos();
        answers.values().removeIf(answer -> now - answer.sentNanos > ANSWER_KEPT_NANOS);
        Answer answer = answers.get(ByteBuffer.wrap(tag));
        if (answer == null) {
            answer = new Answer(build(appData, PacketContext.PATH_RESPONSE), now);
            if (answers.size() < ANSWERS_KEPT) {
                answers.put(ByteBuffer.wrap(tag), answer);
            }
        }
        surroundings.router().send(answer.packet, on);
    }

    byte[] build(byte[] appData, int context) {
        byte[] keys = identity.publicIdentity().toBytes();
        byte[] blob = AnnounceCodec.blob(surroundings.random().bytes(BLOB_RANDOM), emission.next());
        Optional<byte[]> ratchet = ratchets.map(Ratchets::announced);
        byte[] signature = identity.sign(AnnounceCodec.signedData(address, keys, nameHash, blob, ratchet, appData));
        byte[] payload = AnnounceCodec.encode(keys, nameHash, blob, ratchet, signature, appData);
        int flags = PacketBytes.flags(PacketType.ANNOUNCE, DestinationType.SINGLE)
                | (ratchet.isPresent() ? PacketBytes.CONTEXT_FLAG : 0);
        return PacketBytes.build(flags, address, context, payload);
    }

    private static final class Answer {

        private final byte[] packet;
        private final long sentNanos;

        Answer(byte[] packet, long sentNanos) {
            this.packet = packet;
            this.sentNanos = sentNanos;
        }
    }
}
