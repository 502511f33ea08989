package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.crypto.KeyAgreement;
import io.kairos.api.crypto.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every crypto suite has to pass; a subclass says which one. Key agreement and signer of the suite have contracts of
 * their own: {@link KeyAgreementContract}, {@link SignerContract}.
 */
public abstract class CryptoSuiteContract {

    private static final byte[] IDENTITY_HASH = bytes(1, 16);

    protected abstract CryptoSuite suite();

    @Test
    protected void hasAName() {
        assertFalse(suite().name().isBlank());
        assertNotNull(suite().keyAgreement());
        assertNotNull(suite().signer());
    }

    // ---- keys ----

    @Test
    protected void derivedKeysDependOnEverythingThatIsGiven() {
        CryptoSuite suite = suite();
        byte[] key = suite.deriveKey(64, bytes(1, 32), bytes(2, 16), bytes(3, 5));

        assertEquals(64, key.length);
        assertArrayEquals(key, suite.deriveKey(64, bytes(1, 32), bytes(2, 16), bytes(3, 5)));
        assertFalse(Arrays.equals(key, suite.deriveKey(64, bytes(9, 32), bytes(2, 16), bytes(3, 5))));
        assertFalse(Arrays.equals(key, suite.deriveKey(64, bytes(1, 32), bytes(9, 16), bytes(3, 5))));
        assertFalse(Arrays.equals(key, suite.deriveKey(64, bytes(1, 32), bytes(2, 16), bytes(9, 5))));
    }

    @Test
    protected void noSaltAndNoContextHaveAMeaning() {
        CryptoSuite suite = suite();
        byte[] key = suite.deriveKey(32, bytes(1, 32), null, null);

        assertArrayEquals(key, suite.deriveKey(32, bytes(1, 32), new byte[0], new byte[0]));
        assertArrayEquals(key, suite.deriveKey(32, bytes(1, 32), new byte[32], null));
    }

    @Test
    protected void keysOfAnyLengthCanBeDerived() {
        CryptoSuite suite = suite();
        byte[] longest = suite.deriveKey(10_000, bytes(1, 32), null, null);

        for (int length : new int[] {1, 31, 32, 33, 64, 8_160, 8_161}) {
            assertArrayEquals(Arrays.copyOf(longest, length), suite.deriveKey(length, bytes(1, 32), null, null));
        }
        assertThrows(IllegalArgumentException.class, () -> suite.deriveKey(0, bytes(1, 32), null, null));
    }

    // ---- tokens ----

    @Test
    protected void whatATokenSealsItOpens() {
        for (Token.Mode mode : Token.Mode.values()) {
            Token token = suite().token(suite().generateTokenKey(mode));
            for (int length = 0; length < 100; length++) {
                byte[] plain = bytes(length, length);
                byte[] sealed = token.seal(plain);
                assertEquals(token.sealedLength(length), sealed.length);
                assertArrayEquals(plain, token.open(sealed));
            }
        }
    }

    @Test
    protected void tokensOfTheSameTextDiffer() {
        Token token = suite().token(bytes(1, 64));

        assertFalse(Arrays.equals(token.seal(bytes(2, 40)), token.seal(bytes(2, 40))));
    }

    @Test
    protected void aChangedTokenIsNotOpened() {
        Token token = suite().token(bytes(1, 64));
        byte[] sealed = token.seal(bytes(2, 40));

        for (int bit = 0; bit < 8 * sealed.length; bit += 3) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertNull(token.open(changed), "bit " + bit);
        }
        for (int length = 0; length < sealed.length + 40; length++) {
            if (length != sealed.length) {
                assertNull(token.open(Arrays.copyOf(sealed, length)), length + " bytes");
            }
        }
        assertNull(suite().token(bytes(9, 64)).open(sealed), "another key");
    }

    @Test
    protected void tokensAreSealedAndOpenedInPlaceOfALargerBuffer() {
        Token token = suite().token(bytes(1, 64));
        byte[] plain = bytes(2, 50);
        byte[] in = new byte[100];
        System.arraycopy(plain, 0, in, 13, plain.length);
        byte[] out = new byte[300];

        int sealed = token.seal(in, 13, plain.length, out, 7);
        byte[] opened = new byte[300];
        int length = token.open(out, 7, sealed, opened, 5);

        assertEquals(token.sealedLength(plain.length), sealed);
        assertArrayEquals(plain, Arrays.copyOfRange(opened, 5, 5 + length));
        assertEquals(0, out[6] | out[7 + sealed], "nothing beside it is touched");
    }

    @Test
    protected void keysOfTheWrongLengthAreRefused() {
        for (int length : new int[] {0, 16, 31, 33, 63, 65, 128}) {
            assertThrows(IllegalArgumentException.class, () -> suite().token(new byte[length]));
        }
    }

    @Test
    protected void aTokenDoesNotKeepTheArrayOfItsKey() {
        byte[] key = bytes(1, 64);
        Token token = suite().token(key);
        byte[] sealed = token.seal(bytes(2, 40));

        Arrays.fill(key, (byte) 0);

        assertArrayEquals(bytes(2, 40), token.open(sealed));
    }

    @Test
    protected void aTokenIsUsedByManyThreadsAtOnce() {
        Token token = suite().token(bytes(1, 64));

        Crowd.run(4, 200, () -> assertArrayEquals(bytes(3, 333), token.open(token.seal(bytes(3, 333)))));
    }

    // ---- to an identity ----

    @Test
    protected void onlyTheHolderOfAKeyDecryptsAndLearnsWhichItWas() {
        CryptoSuite suite = suite();
        KeyAgreement agreement = suite.keyAgreement();
        byte[] mine = agreement.generatePrivateKey();
        byte[] other = agreement.generatePrivateKey();
        byte[] encrypted = suite.encrypt(agreement.publicKey(mine), IDENTITY_HASH, bytes(4, 100));

        Decrypted decrypted = suite.decrypt(List.of(other, mine), IDENTITY_HASH, encrypted);

        assertArrayEquals(bytes(4, 100), decrypted.plaintext());
        assertEquals(1, decrypted.keyIndex());
        assertNull(suite.decrypt(List.of(other), IDENTITY_HASH, encrypted), "another key");
        assertNull(suite.decrypt(List.of(), IDENTITY_HASH, encrypted), "no key");
        assertNull(suite.decrypt(List.of(mine), bytes(7, 16), encrypted), "another identity");
        assertFalse(
                Arrays.equals(encrypted, suite.encrypt(agreement.publicKey(mine), IDENTITY_HASH, bytes(4, 100))),
                "each message has a key of its own");
    }

    @Test
    protected void bytesFromTheAirAreRefusedWithoutAnException() {
        CryptoSuite suite = suite();
        byte[] mine = suite.keyAgreement().generatePrivateKey();
        byte[] encrypted = suite.encrypt(suite.keyAgreement().publicKey(mine), IDENTITY_HASH, bytes(4, 20));

        for (int length = 0; length < encrypted.length; length++) {
            assertNull(suite.decrypt(List.of(mine), IDENTITY_HASH, Arrays.copyOf(encrypted, length)));
        }
        for (int bit = 0; bit < 8 * encrypted.length; bit += 11) {
            byte[] changed = encrypted.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            // The highest bit of an X25519 key is ignored by the standard: then the text is still the one that was
            // sent.
            Decrypted decrypted = suite.decrypt(List.of(mine), IDENTITY_HASH, changed);
            if (decrypted != null) {
                assertArrayEquals(bytes(4, 20), decrypted.plaintext());
            }
        }
        assertNull(suite.decrypt(List.of(mine), IDENTITY_HASH, bytes(5, 500)));
        assertNull(suite.decrypt(List.of(mine), IDENTITY_HASH, new byte[112]));
    }

    /** Bytes that look random and are always the same. */
    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
