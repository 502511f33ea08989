package io.kairos.crypto.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.crypto.bouncycastle.X25519Agreement;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkX25519Test {

    private final JdkX25519 agreement = new JdkX25519();
    private final X25519Agreement other = new X25519Agreement();

    @Test
    void findsTheSameKeysAndSecretsAsBouncyCastle() {
        Random random = new Random(7748);
        for (int i = 0; i < 20; i++) {
            byte[] privateKey = new byte[32];
            byte[] peer = new byte[32];
            random.nextBytes(privateKey);
            random.nextBytes(peer); // about half of all points lie on the twist, half have the highest bit set

            assertArrayEquals(other.publicKey(privateKey), agreement.publicKey(privateKey));
            assertArrayEquals(other.agree(privateKey, peer), agreement.agree(privateKey, peer));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"
            })
    void aKeyOfSmallOrderGivesNoSecret(String peer) {
        assertNull(
                agreement.agree(agreement.generatePrivateKey(), HexFormat.of().parseHex(peer)));
    }

    @Test
    void lengthsAreChecked() {
        assertNull(agreement.agree(new byte[32], new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> agreement.agree(new byte[31], new byte[32]));
        assertEquals(32, agreement.generatePrivateKey().length);
    }
}
