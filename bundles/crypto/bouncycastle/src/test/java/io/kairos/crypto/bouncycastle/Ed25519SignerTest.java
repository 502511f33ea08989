package io.kairos.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class Ed25519SignerTest {

    private final Ed25519Signer signer = new Ed25519Signer();
    private final byte[] seed = signer.generatePrivateKey();
    private final byte[] message = {1, 2, 3};

    @Test
    void signsTheSameAsTheJdk() throws GeneralSecurityException {
        Random random = new Random(8032);
        for (int i = 0; i < 20; i++) {
            byte[] anySeed = new byte[32];
            byte[] anyMessage = new byte[random.nextInt(200)];
            random.nextBytes(anySeed);
            random.nextBytes(anyMessage);
            byte[] expected = JdkKeys.sign(anySeed, anyMessage);

            assertArrayEquals(expected, signer.sign(anySeed, anyMessage));
            assertArrayEquals(expected, signer.sign(anySeed, anyMessage), "with the remembered public key");
            assertTrue(signer.verify(signer.publicKey(anySeed), anyMessage, expected));
        }
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] publicKey = signer.publicKey(seed);
        byte[] signature = signer.sign(seed, message);
        for (byte[] changed : List.of(publicKey, message, signature)) {
            for (int bit = 0; bit < 8 * changed.length; bit += 7) {
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertFalse(signer.verify(publicKey, message, signature), "bit " + bit);
                changed[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
        assertTrue(signer.verify(publicKey, message, signature));
    }

    @Test
    void malformedKeysAndSignaturesAreInvalidAndNoException() {
        byte[] publicKey = signer.publicKey(seed);
        byte[] signature = signer.sign(seed, message);
        for (int length : new int[] {0, 31, 63, 65, 96}) {
            assertFalse(signer.verify(publicKey, message, Arrays.copyOf(signature, length)));
            assertFalse(signer.verify(Arrays.copyOf(publicKey, length), message, signature));
        }
        byte[] noPoint = new byte[32];
        Arrays.fill(noPoint, (byte) 0xff);
        assertFalse(signer.verify(noPoint, message, signature));
        assertFalse(signer.verify(publicKey, message, new byte[64]));
    }

    /** With the identity as public key, a signature made of the identity and zero would fit every message. */
    @Test
    void aPublicKeyOfSmallOrderSignsNothing() {
        byte[] identity = new byte[32];
        identity[0] = 1;
        byte[] signature = new byte[64];
        signature[0] = 1;

        assertFalse(signer.verify(identity, message, signature));
    }

    @Test
    void aSeedOfTheWrongLengthIsOurOwnMistake() {
        var failure = assertThrows(IllegalArgumentException.class, () -> signer.sign(new byte[33], message));
        assertEquals("an Ed25519 seed has 32 bytes, got 33", failure.getMessage());
        for (int length : new int[] {0, 31, 63, 65}) {
            assertThrows(IllegalArgumentException.class, () -> signer.sign(new byte[length], message));
        }
        assertThrows(IllegalArgumentException.class, () -> signer.publicKey(new byte[0]));
    }

    /** A signature made with the public key of another seed would give the seed away. */
    @Test
    void aSeedMayBringItsPublicKeyAndNoOther() {
        byte[] both = Arrays.copyOf(seed, 64);
        System.arraycopy(signer.publicKey(seed), 0, both, 32, 32);

        assertArrayEquals(signer.sign(seed, message), signer.sign(both, message));
        both[40] ^= 1;
        assertThrows(IllegalArgumentException.class, () -> signer.sign(both, message));
        assertThrows(IllegalArgumentException.class, () -> signer.publicKey(both));
    }

    @Test
    void aSeedThatIsWipedAndFilledAnewSignsWithItsNewKey() {
        byte[] reused = seed.clone();
        signer.sign(reused, message);
        Arrays.fill(reused, (byte) 9);

        byte[] signature = signer.sign(reused, message);

        assertTrue(signer.verify(signer.publicKey(reused), message, signature));
    }

    @Test
    void manyThreadsSignWithMoreKeysThanAreRemembered() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            seeds.add(signer.generatePrivateKey());
            expected.add(new Ed25519Signer().sign(seeds.get(i), message));
        }
        Callable<Boolean> signAll = () -> {
            for (int i = 0; i < seeds.size(); i++) {
                if (!Arrays.equals(expected.get(i), signer.sign(seeds.get(i), message))) {
                    return false;
                }
            }
            return true;
        };

        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Boolean> result : threads.invokeAll(List.of(signAll, signAll, signAll, signAll))) {
                assertTrue(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
