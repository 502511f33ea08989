package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.kairos.api.crypto.KeyAgreement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every key agreement has to pass; a subclass says which one. {@code X25519} also has to meet RFC 7748. */
public abstract class KeyAgreementContract {

    protected abstract KeyAgreement agreement();

    @Test
    protected void bothSidesAgree() {
        KeyAgreement agreement = agreement();
        for (int i = 0; i < 20; i++) {
            byte[] mine = agreement.generatePrivateKey();
            byte[] theirs = agreement.generatePrivateKey();

            byte[] secret = agreement.agree(mine, agreement.publicKey(theirs));

            assertNotNull(secret);
            assertArrayEquals(secret, agreement.agree(theirs, agreement.publicKey(mine)));
        }
    }

    @Test
    protected void keysAreDrawnAnewAndPublicKeysBelongToThem() {
        KeyAgreement agreement = agreement();
        byte[] one = agreement.generatePrivateKey();
        byte[] other = agreement.generatePrivateKey();

        assertFalse(Arrays.equals(one, other), "two keys that were drawn");
        assertArrayEquals(agreement.publicKey(one), agreement.publicKey(one));
        assertFalse(Arrays.equals(agreement.publicKey(one), agreement.publicKey(other)));
    }

    @Test
    protected void keysThatAreHandedInAreNeverChanged() {
        KeyAgreement agreement = agreement();
        byte[] mine = new byte[agreement.generatePrivateKey().length];
        Arrays.fill(mine, (byte) 0xff);
        byte[] before = mine.clone();
        byte[] theirs = agreement.publicKey(agreement.generatePrivateKey());
        byte[] theirsBefore = theirs.clone();

        agreement.publicKey(mine);
        agreement.agree(mine, theirs);

        assertArrayEquals(before, mine, "clamping is done on a copy");
        assertArrayEquals(theirsBefore, theirs);
    }

    @Test
    protected void aPeersKeyThatCannotBeUsedGivesNothingAndNoException() {
        KeyAgreement agreement = agreement();
        byte[] mine = agreement.generatePrivateKey();
        int length = agreement.publicKey(mine).length;

        for (int wrong : new int[] {0, 1, length - 1, length + 1, 4 * length}) {
            assertNull(agreement.agree(mine, new byte[wrong]), wrong + " bytes");
        }
        assertNull(agreement.agree(mine, new byte[length]), "a key that yields the same secret with everybody");
        Random noise = new Random(4);
        for (int i = 0; i < 50; i++) {
            byte[] key = new byte[noise.nextInt(3 * length)];
            noise.nextBytes(key);
            agreement.agree(mine, key); // a secret or null, but no exception
        }
    }

    @Test
    protected void isUsedByManyThreadsAtOnce() {
        KeyAgreement agreement = agreement();
        byte[] mine = agreement.generatePrivateKey();
        byte[] theirs = agreement.generatePrivateKey();
        byte[] expected = agreement.agree(mine, agreement.publicKey(theirs));

        Crowd.run(4, 25, () -> assertArrayEquals(expected, agreement.agree(theirs, agreement.publicKey(mine))));
    }

    @Test
    protected void x25519IsThatOfTheStandard() {
        KeyAgreement agreement = agreement();
        Assumptions.assumeTrue(agreement.algorithm().equals("X25519"), "another algorithm");
        HexFormat hex = HexFormat.of(); // RFC 7748, section 6.1
        byte[] alice = hex.parseHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        byte[] bob = hex.parseHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");

        assertEquals(32, agreement.generatePrivateKey().length);
        assertEquals(
                "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
                hex.formatHex(agreement.publicKey(alice)));
        assertEquals(
                "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
                hex.formatHex(agreement.agree(bob, agreement.publicKey(alice))));
    }
}
