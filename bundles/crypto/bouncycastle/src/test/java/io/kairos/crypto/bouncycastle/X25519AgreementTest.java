package io.kairos.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class X25519AgreementTest {

    private final X25519Agreement agreement = new X25519Agreement();

    @Test
    void agreesWithTheJdk() throws GeneralSecurityException {
        Random random = new Random(7748);
        for (int i = 0; i < 40; i++) {
            byte[] privateKey = new byte[32];
            byte[] peer = new byte[32];
            random.nextBytes(privateKey);
            random.nextBytes(peer); // about half of all points lie on the twist, half have the highest bit set

            assertArrayEquals(JdkKeys.agree(privateKey, peer), agreement.agree(privateKey, peer));
        }
    }

    @Test
    void bothSidesFindTheSameSecret() {
        byte[] alice = agreement.generatePrivateKey();
        byte[] bob = agreement.generatePrivateKey();

        byte[] secret = agreement.agree(alice, agreement.publicKey(bob));

        assertArrayEquals(secret, agreement.agree(bob, agreement.publicKey(alice)));
        assertFalse(Arrays.equals(alice, bob));
    }

    @Test
    void privateKeysAreClampedAtUseAndNeverChanged() {
        byte[] unclamped = new byte[32];
        Arrays.fill(unclamped, (byte) 0xff);
        byte[] clamped = unclamped.clone();
        clamped[0] &= (byte) 0xf8;
        clamped[31] &= 0x7f;
        byte[] before = unclamped.clone();

        assertArrayEquals(agreement.publicKey(clamped), agreement.publicKey(unclamped));
        byte[] peer = agreement.publicKey(agreement.generatePrivateKey());
        assertArrayEquals(agreement.agree(clamped, peer), agreement.agree(unclamped, peer));
        assertArrayEquals(before, unclamped);
    }

    /** The points of small order, in all their encodings below 2 to the 255. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void thereIsNoSecretWithAPointOfSmallOrder(String point) {
        byte[] peer = HexFormat.of().parseHex(point);

        assertNull(agreement.agree(agreement.generatePrivateKey(), peer));
        peer[31] |= (byte) 0x80;
        assertNull(agreement.agree(agreement.generatePrivateKey(), peer), "with the ignored bit set");
    }

    @Test
    void aPeerKeyOfTheWrongLengthGivesNoSecret() {
        byte[] own = agreement.generatePrivateKey();

        assertNull(agreement.agree(own, new byte[0]));
        assertNull(agreement.agree(own, Arrays.copyOf(agreement.publicKey(own), 31)));
        assertNull(agreement.agree(own, Arrays.copyOf(agreement.publicKey(own), 33)));
    }

    @Test
    void aPrivateKeyOfTheWrongLengthIsOurOwnMistake() {
        var failure = assertThrows(IllegalArgumentException.class, () -> agreement.publicKey(new byte[31]));
        assertEquals("an X25519 private key has 32 bytes, got 31", failure.getMessage());
        assertThrows(IllegalArgumentException.class, () -> agreement.agree(new byte[33], new byte[32]));
    }

    @Test
    void noSecurityProviderIsRegistered() {
        agreement.generatePrivateKey();

        assertNull(Security.getProvider("BC"));
    }
}
