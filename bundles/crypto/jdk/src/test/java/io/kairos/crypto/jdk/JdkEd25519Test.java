package io.kairos.crypto.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.crypto.bouncycastle.Ed25519Signer;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkEd25519Test {

    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final JdkEd25519 signer = new JdkEd25519();
    private final Ed25519Signer other = new Ed25519Signer();
    private final byte[] seed = signer.generatePrivateKey();
    private final byte[] message = {1, 2, 3};

    @Test
    void makesTheSameKeysAndSignaturesAsBouncyCastle() {
        Random random = new Random(8032);
        for (int i = 0; i < 20; i++) {
            byte[] anySeed = new byte[32];
            byte[] anyMessage = new byte[random.nextInt(200)];
            random.nextBytes(anySeed);
            random.nextBytes(anyMessage);

            assertArrayEquals(other.publicKey(anySeed), signer.publicKey(anySeed));
            assertArrayEquals(other.sign(anySeed, anyMessage), signer.sign(anySeed, anyMessage));
            assertTrue(signer.verify(other.publicKey(anySeed), anyMessage, other.sign(anySeed, anyMessage)));
        }
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] publicKey = signer.publicKey(seed);
        byte[] signature = signer.sign(seed, message);
        for (byte[] changed : List.of(publicKey, message, signature)) {
            for (int bit = 0; bit < 8 * changed.length; bit += 13) {
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertFalse(signer.verify(publicKey, message, signature), "bit " + bit);
                changed[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
        assertTrue(signer.verify(publicKey, message, signature));
    }

    @Test
    void aSecondFormOfASignatureIsInvalid() {
        byte[] signature = signer.sign(seed, message);
        BigInteger s = LittleEndian.withoutHighestBit(Arrays.copyOfRange(signature, 32, 64));
        byte[] larger = s.add(ORDER).toByteArray();
        for (int i = 0; i < 32; i++) {
            signature[32 + i] = i < larger.length ? larger[larger.length - 1 - i] : 0;
        }

        assertFalse(signer.verify(signer.publicKey(seed), message, signature));
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

    /** With such a key, a signature made of the neutral point and zero would fit every message or one in a few. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
            })
    void aPublicKeyOfSmallOrderSignsNothing(String key) {
        byte[] signature = new byte[64];
        signature[0] = 1;
        for (int i = 0; i < 16; i++) {
            assertFalse(signer.verify(HexFormat.of().parseHex(key), new byte[i], signature));
        }
    }

    @Test
    void aSeedMayBringItsPublicKeyAndNoOther() {
        byte[] both = Arrays.copyOf(seed, 64);
        System.arraycopy(signer.publicKey(seed), 0, both, 32, 32);

        assertArrayEquals(signer.sign(seed, message), signer.sign(both, message));
        both[40] ^= 1;
        assertThrows(IllegalArgumentException.class, () -> signer.sign(both, message));
        for (int length : new int[] {0, 31, 33, 63, 65}) {
            assertThrows(IllegalArgumentException.class, () -> signer.sign(new byte[length], message));
        }
        assertThrows(IllegalArgumentException.class, () -> signer.publicKey(both));
    }
}
