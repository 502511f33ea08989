package io.kairos.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.Networks;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.Vectors;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Byte equality with vectors recorded from the reference implementation (RNS 1.4.2). */
class IdentitiesVectors {

    private StoredIdentities identities;

    @BeforeEach
    void open() {
        CurrentSuite suite = new CurrentSuite();
        suite.set(new JdkSuite());
        identities =
                StoredIdentities.open(Networks.MAIN, new MemoryStore(), Path.of("store"), suite, new SecureRandom());
    }

    @Test
    void importedIdentitiesHaveThePublicKeysAndHashesOfTheReference() {
        for (JsonNode vector : Vectors.cases(getClass(), "identities.json", "identities")) {
            String name = Vectors.text(vector, "label_text");

            LocalIdentity identity = identities.importKeys(name, Vectors.bytes(vector, "private_key"));

            assertArrayEquals(
                    Vectors.bytes(vector, "public_key"),
                    identity.publicIdentity().toBytes(),
                    name);
            assertArrayEquals(
                    Vectors.bytes(vector, "x25519_public"),
                    identity.publicIdentity().encryptionKey(),
                    name);
            assertArrayEquals(
                    Vectors.bytes(vector, "ed25519_public"),
                    identity.publicIdentity().signingKey(),
                    name);
            assertEquals(Vectors.text(vector, "identity_hash"), identity.hash().toHex(), name);
            assertArrayEquals(Vectors.bytes(vector, "private_key"), identities.exportKeys(name), name);
        }
    }

    @Test
    void signaturesAreThoseOfTheReference() {
        int signed = 0;
        for (JsonNode vector : Vectors.cases(getClass(), "signatures.json", "cases")) {
            if (!vector.path("valid").asBoolean() || !vector.has("private_key")) {
                continue;
            }
            assertArrayEquals(
                    Vectors.bytes(vector, "signature"),
                    imported(Vectors.bytes(vector, "private_key")).sign(Vectors.bytes(vector, "message")));
            signed++;
        }
        assertEquals(true, signed > 0, "no vector was used");
    }

    @Test
    void whatTheReferenceEncryptsToAnIdentityIsDecrypted() {
        for (JsonNode vector : Vectors.cases(getClass(), "token.json", "identity_encryption")) {
            LocalIdentity identity = imported(Vectors.bytes(vector, "recipient_private_key"));
            byte[] ciphertext = Vectors.bytes(vector, "ciphertext_token");

            assertArrayEquals(
                    Vectors.bytes(vector, "plaintext"),
                    identity.decrypt(ciphertext, List.of(), false).orElseThrow());
            assertArrayEquals(
                    Vectors.bytes(vector, "shared_secret"),
                    identity.agree(Vectors.bytes(vector, "ephemeral_public")).orElseThrow());
            assertEquals(
                    Optional.empty(),
                    identity.decrypt(ciphertext, List.of(), true).map(bytes -> "decrypted"));
        }
    }

    @Test
    void ratchetsAreTriedBeforeTheIdentitysOwnKey() {
        JsonNode root = Vectors.load(getClass(), "ratchet.json");
        LocalIdentity identity = imported(Vectors.bytes(root, "identity_private_key"));
        for (JsonNode vector : Vectors.cases(root, "cases")) {
            byte[] ciphertext = Vectors.bytes(vector, "ciphertext_token");
            List<byte[]> ratchets = List.of(new byte[32], Vectors.bytes(vector, "ratchet_private"));

            assertArrayEquals(
                    Vectors.bytes(vector, "plaintext"),
                    identity.decrypt(ciphertext, ratchets, true).orElseThrow());
            assertEquals(
                    vector.get("decrypts_with_identity_key_only").asBoolean(),
                    identity.decrypt(ciphertext, List.of(), false).isPresent());
        }
    }

    private LocalIdentity imported(byte[] privateKeys) {
        return identities.all().stream()
                .filter(identity -> java.util.Arrays.equals(identities.exportKeys(identity.name()), privateKeys))
                .findAny()
                .orElseGet(() -> identities.importKeys("v" + identities.all().size(), privateKeys));
    }
}
