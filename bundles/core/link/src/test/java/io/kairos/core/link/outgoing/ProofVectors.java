package io.kairos.core.link.outgoing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.link.PacketReceipt.Status;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.link.TestHandle;
import io.kairos.core.link.TestIdentity;
import io.kairos.core.link.TestNode;
import io.kairos.core.link.TestSuite;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PacketProofCodec;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.Vectors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proofs as recorded from the reference implementation (RNS 1.4.2). */
class ProofVectors {

    @TempDir
    private Path folder;

    static Stream<JsonNode> proofs() {
        return Vectors.cases(ProofVectors.class, "proofs.json", "proofs").stream();
    }

    private static byte[] bytes(JsonNode node, String field) {
        return Vectors.bytes(node, field);
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void proofsAreBuiltAndJudgedAlike(JsonNode node) {
        TestIdentity prover = new TestIdentity(TestSuite.create(), bytes(node, "prover_private_key"));
        byte[] hash = bytes(node.get("packet"), "packet_hash");
        boolean explicit = bytes(node.get("proof"), "data").length == 96;
        byte[] built = PacketProofCodec.single(hash, prover.sign(hash), explicit);

        assertArrayEquals(bytes(node.get("proof"), "raw"), built);
        assertEquals(Status.DELIVERED, judge(prover, hash, bytes(node.get("proof"), "data")));
        for (JsonNode test : Vectors.cases(node, "validation_cases")) {
            Status expected = test.get("accepted").asBoolean() ? Status.DELIVERED : Status.SENT;
            assertEquals(
                    expected,
                    judge(prover, hash, bytes(test, "proof_data")),
                    test.get("note").asText());
        }
    }

    private Status judge(TestIdentity prover, byte[] hash, byte[] proof) {
        ManualClock clock = new ManualClock();
        TestNode node = new TestNode(clock, 1, LinkBudget.plain(1000, 500), folder);
        Receipts receipts = new Receipts(clock, clock);
        PacketSender sender = new PacketSender(node.surroundings, receipts);
        Receipt receipt =
                new Receipt(hash, prover.publicIdentity().signingKey(), 0, Duration.ofSeconds(10), Runnable::run);
        receipts.add(receipt);
        byte[] raw = PacketBytes.build(PacketType.PROOF.bits(), DestinationHash.of(hash, 0), PacketContext.NONE, proof);

        sender.proofReceived(new InboundPacket(
                raw,
                PacketBytes.hash(raw),
                PacketBytes.SHORT_HEADER,
                PacketBytes.destination(raw, 0),
                1,
                PacketContext.NONE,
                new TestHandle("x", LinkBudget.plain(1000, 500)),
                null));
        clock.advance(Duration.ofMillis(1));
        return receipt.status();
    }
}
