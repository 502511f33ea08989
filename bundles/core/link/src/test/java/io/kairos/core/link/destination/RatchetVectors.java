package io.kairos.core.link.destination;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MalformedException;
import io.kairos.core.link.TestIdentity;
import io.kairos.core.link.TestSuite;
import io.kairos.test.kit.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ratchets and group packets as recorded from the reference implementation (RNS 1.4.2). */
class RatchetVectors {

    private static final JsonNode FILE = Vectors.load(RatchetVectors.class, "ratchet.json");
    private static final JsonNode GROUP = Vectors.load(RatchetVectors.class, "group.json");
    private static final CryptoSuite SUITE = TestSuite.create();

    private static byte[] bytes(JsonNode node, String field) {
        return Vectors.bytes(node, field);
    }

    private static TestIdentity identity() {
        return new TestIdentity(SUITE, bytes(FILE, "identity_private_key"));
    }

    private static List<byte[]> newestFirst() {
        List<byte[]> keys = new ArrayList<>();
        Vectors.cases(FILE, "cases").forEach(node -> keys.add(bytes(node, "ratchet_private")));
        Collections.reverse(keys);
        return keys;
    }

    @Test
    void messagesToRatchetsAndToTheIdentityAreReadAsEnforced() {
        for (JsonNode node : Vectors.cases(FILE, "cases")) {
            byte[] token = bytes(node, "ciphertext_token");
            assertArrayEquals(
                    bytes(node, "plaintext"),
                    identity().decrypt(token, newestFirst(), true).orElseThrow());
            assertEquals(Optional.empty(), identity().decrypt(token, List.of(), false));
        }
        byte[] toIdentity = bytes(FILE.get("enforcement"), "ciphertext_token");
        assertEquals(Optional.empty(), identity().decrypt(toIdentity, newestFirst(), true));
        assertArrayEquals(
                bytes(FILE.get("enforcement"), "not_enforced"),
                identity().decrypt(toIdentity, newestFirst(), false).orElseThrow());
    }

    @Test
    void theFileIsReadAndWrittenAlike() {
        byte[] file = bytes(FILE.get("own_ratchet_file"), "contents");

        RatchetRing ring = RatchetRing.ofFile(file, RatchetVectors::isSigned);

        assertArrayEquals(newestFirst().get(0), ring.keys().get(0));
        assertArrayEquals(file, ring.toFile(identity()::sign));
    }

    private static boolean isSigned(byte[] bytes, byte[] signature) {
        return SUITE.signer().verify(identity().publicIdentity().signingKey(), bytes, signature);
    }

    @Test
    void aFileOfSomebodyElseIsRefused() {
        byte[] file = RatchetRing.empty().rotated(new byte[32], 4).toFile(TestIdentity.numbered(SUITE, 9)::sign);

        assertThrows(MalformedException.class, () -> RatchetRing.ofFile(file, RatchetVectors::isSigned));
    }

    @Test
    void rotatingKeepsAsManyAsConfigured() {
        RatchetRing ring = RatchetRing.empty();
        for (int i = 0; i < 10; i++) {
            ring = ring.rotated(new byte[] {(byte) i}, 3);
        }

        assertEquals(3, ring.keys().size());
        assertEquals(9, ring.keys().get(0)[0]);
        assertEquals(7, ring.keys().get(2)[0]);
    }

    @Test
    void theGroupPacketIsReadWithTheSharedKey() {
        byte[] key = bytes(GROUP.get("cases").get(0), "key");

        assertArrayEquals(bytes(GROUP, "packet_plaintext"), SUITE.token(key).open(bytes(GROUP.get("packet"), "data")));
    }
}
