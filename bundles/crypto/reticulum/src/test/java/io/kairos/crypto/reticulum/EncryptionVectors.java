package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.crypto.Decrypted;
import io.kairos.lib.bytes.Hashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is encrypted to an identity or to a ratchet of it, byte for byte, and who can decrypt it. */
class EncryptionVectors {

    private static final int EPHEMERAL = 32;

    private final JsonNode ratchets = VectorFile.read("ratchet.json");
    private final byte[] ratchetOwner = VectorFile.bytes(ratchets, "identity_private_key");

    @TestFactory
    Stream<DynamicTest> encryptsToAnIdentity() {
        return VectorFile.each(
                VectorFile.read("token.json").path("identity_encryption"),
                row -> row.path("plaintext").textValue().length() / 2 + " bytes",
                row -> () -> {
                    byte[] ciphertext = VectorFile.bytes(row, "ciphertext_token");
                    byte[] iv = Arrays.copyOfRange(ciphertext, EPHEMERAL, EPHEMERAL + 16);
                    assertArrayEquals(VectorFile.bytes(row, "iv"), iv);
                    int padding = 16 - VectorFile.bytes(row, "plaintext").length % 16;
                    assertEquals(
                            row.path("overhead_fixed").intValue(),
                            ciphertext.length - padding - VectorFile.bytes(row, "plaintext").length);
                    checkBothWays(row, Arrays.copyOf(VectorFile.bytes(row, "recipient_private_key"), 32));
                });
    }

    @TestFactory
    Stream<DynamicTest> encryptsToARatchet() {
        return VectorFile.each(
                ratchets.path("cases"), row -> row.path("ratchet_id").textValue(), row -> () -> {
                    byte[] publicKey = VectorFile.bytes(row, "ratchet_public");
                    assertEquals(
                            row.path("ratchet_id").textValue(),
                            VectorFile.hex(Arrays.copyOf(Hashes.sha256(publicKey), 10)));
                    checkBothWays(row, VectorFile.bytes(row, "ratchet_private"));
                    checkWhoDecrypts(row);
                });
    }

    @Test
    void withoutRatchetInUseOnlyTheIdentityKeyDecrypts() {
        JsonNode row = ratchets.path("enforcement");
        byte[] ciphertext = VectorFile.bytes(row, "ciphertext_token");
        List<byte[]> keys = newestFirst();

        assertTrue(row.path("enforced_result_is_none").booleanValue());
        assertNull(Suites.complete().decrypt(keys, ownerHash(), ciphertext), "ratchets alone");

        keys.add(Arrays.copyOf(ratchetOwner, 32));
        Decrypted opened = Suites.complete().decrypt(keys, ownerHash(), ciphertext);
        assertNotNull(opened, "the identity key as the last resort");
        assertEquals(row.path("not_enforced").textValue(), VectorFile.hex(opened.plaintext()));
        assertEquals(keys.size() - 1, opened.keyIndex());
    }

    private void checkBothWays(JsonNode row, byte[] targetPrivate) {
        byte[] ciphertext = VectorFile.bytes(row, "ciphertext_token");
        byte[] salt = VectorFile.bytes(row, "hkdf_salt");
        byte[] ephemeral = VectorFile.bytes(row, "ephemeral_private");
        ReticulumSuite suite =
                Suites.withEphemeral(ephemeral, Arrays.copyOfRange(ciphertext, EPHEMERAL, EPHEMERAL + 16));
        byte[] targetPublic = suite.keyAgreement().publicKey(targetPrivate);

        byte[] secret = suite.keyAgreement().agree(ephemeral, targetPublic);
        assertEquals(row.path("shared_secret").textValue(), VectorFile.hex(secret));
        assertEquals(row.path("derived_key").textValue(), VectorFile.hex(suite.deriveKey(64, secret, salt, null)));
        if (row.has("ephemeral_public")) {
            assertEquals(
                    row.path("ephemeral_public").textValue(),
                    VectorFile.hex(suite.keyAgreement().publicKey(ephemeral)));
        }
        byte[] made = suite.encrypt(targetPublic, salt, VectorFile.bytes(row, "plaintext"));
        assertEquals(row.path("ciphertext_token").textValue(), VectorFile.hex(made));
        Decrypted opened = suite.decrypt(List.of(targetPrivate), salt, ciphertext);
        assertNotNull(opened);
        assertEquals(row.path("plaintext").textValue(), VectorFile.hex(opened.plaintext()));
    }

    private void checkWhoDecrypts(JsonNode row) {
        byte[] ciphertext = VectorFile.bytes(row, "ciphertext_token");
        List<byte[]> keys = newestFirst();
        Decrypted byRatchets = Suites.complete().decrypt(keys, ownerHash(), ciphertext);
        Decrypted byIdentity =
                Suites.complete().decrypt(List.of(Arrays.copyOf(ratchetOwner, 32)), ownerHash(), ciphertext);

        assertEquals(row.path("decrypts_with_ratchets_newest_first").booleanValue(), byRatchets != null);
        assertEquals(row.path("decrypts_with_identity_key_only").booleanValue(), byIdentity != null);
        assertArrayEquals(VectorFile.bytes(row, "ratchet_private"), keys.get(byRatchets.keyIndex()));
    }

    /** The private ratchets of all cases; the file lists the oldest first. */
    private List<byte[]> newestFirst() {
        List<byte[]> keys = new ArrayList<>();
        ratchets.path("cases").forEach(row -> keys.add(0, VectorFile.bytes(row, "ratchet_private")));
        return keys;
    }

    private byte[] ownerHash() {
        return VectorFile.bytes(ratchets.path("cases").path(0), "hkdf_salt");
    }
}
