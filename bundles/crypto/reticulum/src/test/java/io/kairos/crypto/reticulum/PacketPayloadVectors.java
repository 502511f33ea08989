package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.crypto.Decrypted;
import io.kairos.lib.bytes.Hashes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The payloads of recorded packets: those that are encrypted to an identity, and those in clear. */
class PacketPayloadVectors {

    private static final int HEADER = 19;
    private static final int MTU = 500;

    private final JsonNode vectors = VectorFile.read("packets.json");
    private final ReticulumSuite suite = Suites.complete();

    @TestFactory
    Stream<DynamicTest> payloadsDecryptToTheSamePlaintext() {
        List<JsonNode> rows = StreamSupport.stream(vectors.path("packets").spliterator(), false)
                .filter(row -> row.has("plaintext"))
                .toList();
        assertFalse(rows.isEmpty());
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.path("note").textValue(), () -> check(row)));
    }

    @Test
    void aPlaintextOfOneByteMoreThanRecommendedStillFillsAPacketButNoMore() {
        JsonNode row = vectors.path("oversize").path("single_plaintext_384");
        byte[] publicKey = suite.keyAgreement().publicKey(suite.keyAgreement().generatePrivateKey());

        int length = HEADER + suite.encrypt(publicKey, new byte[16], new byte[384]).length;

        assertEquals(row.path("length").intValue(), length);
        assertEquals(row.path("packs").booleanValue(), length <= MTU);
    }

    private void check(JsonNode row) {
        byte[] data = VectorFile.bytes(row, "data");
        if (!row.has("recipient_private_key")) {
            assertEquals(row.path("plaintext").textValue(), VectorFile.hex(data));
            return;
        }
        byte[] keys = VectorFile.bytes(row, "recipient_private_key");
        byte[] encryption = Arrays.copyOf(keys, 32);
        byte[] publicKeys = Arrays.copyOf(suite.keyAgreement().publicKey(encryption), 64);
        System.arraycopy(suite.signer().publicKey(Arrays.copyOfRange(keys, 32, 64)), 0, publicKeys, 32, 32);

        Decrypted opened =
                suite.decrypt(List.of(encryption), Hashes.identity(publicKeys).toBytes(), data);

        assertNotNull(opened);
        assertEquals(row.path("plaintext").textValue(), VectorFile.hex(opened.plaintext()));
    }
}
