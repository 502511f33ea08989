package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReticulumSuiteTest {

    private static final byte[] IDENTITY = new byte[16];

    private final CryptoSuite suite = Suites.complete();
    private final byte[] privateKey = suite.keyAgreement().generatePrivateKey();
    private final byte[] publicKey = suite.keyAgreement().publicKey(privateKey);

    @Test
    void withoutPrimitivesOperationsSayWhatToDo() {
        CryptoSuite bare = new ReticulumSuite(null, null);

        var noAgreement = assertThrows(MeshException.class, () -> bare.encrypt(publicKey, IDENTITY, new byte[1]));
        assertEquals(Failure.Kind.CONFIGURATION, noAgreement.kind());
        assertEquals("No bundle offers X25519 key agreement", noAgreement.getMessage());
        assertTrue(noAgreement.remedy().contains("io.kairos.crypto.bouncycastle"));
        assertThrows(MeshException.class, bare::keyAgreement);
        assertThrows(MeshException.class, () -> bare.decrypt(List.of(privateKey), IDENTITY, new byte[96]));
        var noSigner = assertThrows(MeshException.class, bare::signer);
        assertEquals("No bundle offers Ed25519 signatures", noSigner.getMessage());
    }

    @Test
    void withoutPrimitivesTokensAndDerivationGoOnWorking() {
        CryptoSuite bare = new ReticulumSuite();
        byte[] key = bare.deriveKey(64, new byte[] {1}, null, null);

        byte[] token = bare.token(key).seal(new byte[] {7});

        assertArrayEquals(new byte[] {7}, bare.token(key).open(token));
    }

    @Test
    void whatIsEncryptedNeverLooksTheSameTwice() {
        byte[] plaintext = "the same".getBytes(StandardCharsets.UTF_8);

        byte[] first = suite.encrypt(publicKey, IDENTITY, plaintext);
        byte[] second = suite.encrypt(publicKey, IDENTITY, plaintext);

        assertFalse(Arrays.equals(Arrays.copyOf(first, 32), Arrays.copyOf(second, 32)), "ephemeral keys");
        assertFalse(Arrays.equals(first, 32, 48, second, 32, 48), "IVs");
        assertArrayEquals(
                plaintext, suite.decrypt(List.of(privateKey), IDENTITY, first).plaintext());
    }

    @Test
    void theKeyThatFitsIsNamed() {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            keys.add(suite.keyAgreement().generatePrivateKey());
        }
        keys.add(3, privateKey);

        Decrypted opened = suite.decrypt(keys, IDENTITY, suite.encrypt(publicKey, IDENTITY, new byte[40]));

        assertNotNull(opened);
        assertEquals(3, opened.keyIndex());
        assertArrayEquals(new byte[40], opened.plaintext());
    }

    @Test
    void theIdentityHashTakesPartInTheKey() {
        byte[] ciphertext = suite.encrypt(publicKey, IDENTITY, new byte[10]);
        byte[] otherIdentity = new byte[16];
        otherIdentity[15] = 1;

        assertNull(suite.decrypt(List.of(privateKey), otherIdentity, ciphertext));
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] ciphertext = suite.encrypt(publicKey, IDENTITY, new byte[10]);
        int ignored = 8 * 31 + 7; // the highest bit of an X25519 key has no meaning
        for (int bit = 0; bit < 8 * ciphertext.length; bit += 5) {
            ciphertext[bit / 8] ^= (byte) (1 << bit % 8);
            if (bit != ignored) {
                assertNull(suite.decrypt(List.of(privateKey), IDENTITY, ciphertext), "bit " + bit);
            }
            ciphertext[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertNotNull(suite.decrypt(List.of(privateKey), IDENTITY, ciphertext));
    }

    @Test
    void noLengthCausesAnythingButARefusal() {
        byte[] ciphertext = suite.encrypt(publicKey, IDENTITY, new byte[30]);
        for (int length = 0; length < ciphertext.length; length++) {
            assertNull(suite.decrypt(List.of(privateKey), IDENTITY, Arrays.copyOf(ciphertext, length)));
        }
        assertNull(suite.decrypt(List.of(), IDENTITY, ciphertext));
        assertNull(suite.decrypt(List.of(privateKey), IDENTITY, new byte[96]), "an ephemeral key of small order");
    }

    @Test
    void aDestinationWithAnUnusableKeyIsThePeersFault() {
        var failure = assertThrows(MeshException.class, () -> suite.encrypt(new byte[32], IDENTITY, new byte[1]));

        assertEquals(Failure.Kind.PEER, failure.kind());
    }

    @Test
    void refusesToDeriveNothing() {
        assertThrows(IllegalArgumentException.class, () -> suite.deriveKey(0, new byte[1], null, null));
    }

    @Test
    void anEmptyInputKeyIsTakenAsRfc5869Does() {
        byte[] pseudoRandomKey = new byte[32];
        new HmacSha256(new byte[32]).authenticate(new byte[0], 0, 0, pseudoRandomKey, 0);
        byte[] expected = new byte[32];
        new HmacSha256(pseudoRandomKey).authenticate(new byte[] {1}, 0, 1, expected, 0);

        assertArrayEquals(expected, suite.deriveKey(32, new byte[0], null, null));
    }

    @Test
    void refusesTokenKeysOfOtherLengths() {
        for (int length : new int[] {0, 16, 31, 33, 48, 63, 65, 128}) {
            assertThrows(IllegalArgumentException.class, () -> suite.token(new byte[length]));
        }
    }
}
