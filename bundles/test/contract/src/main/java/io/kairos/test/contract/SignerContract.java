package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.crypto.Signer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every signer has to pass; a subclass says which one. {@code Ed25519} also has to meet RFC 8032. */
public abstract class SignerContract {

    private static final byte[] MESSAGE = "five hundred bytes at most".getBytes(StandardCharsets.UTF_8);

    protected abstract Signer signer();

    @Test
    protected void whatIsSignedVerifies() {
        Signer signer = signer();
        for (int length = 0; length < 600; length += 37) {
            byte[] key = signer.generatePrivateKey();
            byte[] message = Arrays.copyOf(MESSAGE, length);

            byte[] signature = signer.sign(key, message);

            assertTrue(signer.verify(signer.publicKey(key), message, signature));
            assertArrayEquals(signature, signer.sign(key, message), "the same input gives the same signature");
        }
    }

    @Test
    protected void aChangeOfOneBitIsNoticed() {
        Signer signer = signer();
        byte[] key = signer.generatePrivateKey();
        byte[] publicKey = signer.publicKey(key);
        byte[] signature = signer.sign(key, MESSAGE);

        for (int bit = 0; bit < 8 * signature.length; bit += 5) {
            assertFalse(signer.verify(publicKey, MESSAGE, flipped(signature, bit)), "bit " + bit + " of the signature");
        }
        for (int bit = 0; bit < 8 * MESSAGE.length; bit += 7) {
            assertFalse(signer.verify(publicKey, flipped(MESSAGE, bit), signature), "bit " + bit + " of the message");
        }
        assertFalse(signer.verify(signer.publicKey(signer.generatePrivateKey()), MESSAGE, signature), "another key");
    }

    @Test
    protected void malformedInputIsInvalidAndNoException() {
        Signer signer = signer();
        byte[] key = signer.generatePrivateKey();
        byte[] publicKey = signer.publicKey(key);
        byte[] signature = signer.sign(key, MESSAGE);

        for (int length : new int[] {0, 1, 31, 33, 63, 65, 200}) {
            assertFalse(signer.verify(publicKey, MESSAGE, Arrays.copyOf(signature, length)));
            assertFalse(signer.verify(Arrays.copyOf(publicKey, length), MESSAGE, signature));
        }
        byte[] ones = new byte[signature.length];
        Arrays.fill(ones, (byte) 0xff);
        assertFalse(signer.verify(publicKey, MESSAGE, ones));
        assertFalse(signer.verify(Arrays.copyOf(ones, publicKey.length), MESSAGE, signature));
    }

    @Test
    protected void aSeedWithItsPublicKeySignsAsTheSeedAlone() {
        Signer signer = signer();
        byte[] seed = signer.generatePrivateKey();
        byte[] both = join(seed, signer.publicKey(seed));

        assertArrayEquals(signer.sign(seed, MESSAGE), signer.sign(both, MESSAGE));
        byte[] foreign = join(seed, signer.publicKey(signer.generatePrivateKey()));
        assertThrows(IllegalArgumentException.class, () -> signer.sign(foreign, MESSAGE));
        assertThrows(IllegalArgumentException.class, () -> signer.sign(new byte[7], MESSAGE));
    }

    @Test
    protected void keysAndMessagesAreNeverChanged() {
        Signer signer = signer();
        byte[] key = signer.generatePrivateKey();
        byte[] keyBefore = key.clone();
        byte[] message = MESSAGE.clone();

        byte[] signature = signer.sign(key, message);
        byte[] signatureBefore = signature.clone();
        signer.verify(signer.publicKey(key), message, signature);

        assertArrayEquals(keyBefore, key);
        assertArrayEquals(MESSAGE, message);
        assertArrayEquals(signatureBefore, signature);
    }

    @Test
    protected void isUsedByManyThreadsAtOnce() {
        Signer signer = signer();
        byte[] key = signer.generatePrivateKey();
        byte[] publicKey = signer.publicKey(key);
        byte[] expected = signer.sign(key, MESSAGE);

        Crowd.run(4, 25, () -> {
            assertArrayEquals(expected, signer.sign(key, MESSAGE));
            assertTrue(signer.verify(publicKey, MESSAGE, expected));
        });
    }

    @Test
    protected void ed25519IsThatOfTheStandard() {
        Signer signer = signer();
        Assumptions.assumeTrue(signer.algorithm().equals("Ed25519"), "another algorithm");
        HexFormat hex = HexFormat.of(); // RFC 8032, section 7.1, test 2
        byte[] seed = hex.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

        assertEquals(
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                hex.formatHex(signer.publicKey(seed)));
        assertEquals(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                hex.formatHex(signer.sign(seed, new byte[] {0x72})));
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return changed;
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
