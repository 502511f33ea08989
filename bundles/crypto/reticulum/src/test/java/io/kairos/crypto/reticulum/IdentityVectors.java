package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.lib.bytes.Hashes;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class IdentityVectors {

    private final ReticulumSuite suite = Suites.complete();
    private final JsonNode vectors = VectorFile.read("identities.json");

    @TestFactory
    Stream<DynamicTest> privateKeysLeadToTheSamePublicKeysAndHash() {
        return VectorFile.each(
                vectors.path("identities"), row -> row.path("label_text").textValue(), row -> () -> {
                    byte[] privateKey = VectorFile.bytes(row, "private_key");
                    byte[] encryption = Arrays.copyOf(privateKey, 32);
                    byte[] signing = Arrays.copyOfRange(privateKey, 32, 64);
                    assertArrayEquals(VectorFile.bytes(row, "x25519_private"), encryption);
                    assertArrayEquals(VectorFile.bytes(row, "ed25519_private_seed"), signing);

                    String x25519 = VectorFile.hex(suite.keyAgreement().publicKey(encryption));
                    String ed25519 = VectorFile.hex(suite.signer().publicKey(signing));

                    assertEquals(row.path("x25519_public").textValue(), x25519);
                    assertEquals(row.path("ed25519_public").textValue(), ed25519);
                    assertEquals(row.path("public_key").textValue(), x25519 + ed25519);
                    byte[] publicKey = VectorFile.bytes(row, "public_key");
                    assertEquals(
                            row.path("identity_hash").textValue(),
                            Hashes.identity(publicKey).toHex());
                });
    }

    @TestFactory
    Stream<DynamicTest> hashesAreTheSame() {
        return VectorFile.each(vectors.path("hashes"), row -> "of " + row.path("input"), row -> () -> {
            byte[] data = VectorFile.bytes(row, "input");
            assertEquals(row.path("full_hash").textValue(), VectorFile.hex(Hashes.sha256(data)));
            assertEquals(row.path("truncated_hash").textValue(), VectorFile.hex(Hashes.truncated(data)));
        });
    }

    @Test
    void aRandomHashIsTheTruncatedHashOfSixteenRandomBytes() {
        JsonNode row = vectors.path("random_hash");
        assertEquals(
                row.path("random_hash").textValue(),
                VectorFile.hex(Hashes.truncated(VectorFile.bytes(row, "urandom_16"))));
    }
}
