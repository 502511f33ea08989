package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Token;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CryptoProperties {

    private final CryptoSuite suite = new ReticulumSuite();

    @Property(tries = 300)
    void theCodeIsThatOfTheJdk(@ForAll("secrets") byte[] key, @ForAll("messages") byte[] message)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] code = new byte[HmacSha256.LENGTH + 1];

        new HmacSha256(key).authenticate(message, 0, message.length, code, 1);

        assertArrayEquals(mac.doFinal(message), Arrays.copyOfRange(code, 1, code.length));
    }

    @Property(tries = 300)
    void whatIsSealedOpensToTheSame(
            @ForAll("keys") byte[] key, @ForAll("messages") byte[] message, @ForAll @IntRange(max = 20) int at) {
        Token token = suite.token(key);
        byte[] sealed = new byte[at + token.sealedLength(message.length)];
        byte[] opened = new byte[at + sealed.length];

        int sealedLength = token.seal(message, 0, message.length, sealed, at);
        int openedLength = token.open(sealed, at, sealedLength, opened, at);

        assertEquals(sealed.length, at + sealedLength);
        assertArrayEquals(message, Arrays.copyOfRange(opened, at, at + openedLength));
    }

    @Property(tries = 300)
    void sealingInPlaceIsAllowed(@ForAll("messages") byte[] message, @ForAll @IntRange(max = 40) int from) {
        Token token = suite.token(new byte[64]);
        byte[] buffer = new byte[from + token.sealedLength(message.length)];
        System.arraycopy(message, 0, buffer, from, message.length);

        int sealed = token.seal(buffer, from, message.length, buffer, 0);
        int opened = token.open(buffer, 0, sealed, buffer, 0);

        assertArrayEquals(message, Arrays.copyOf(buffer, opened));
    }

    @Property(tries = 300)
    void nothingButATokenOpens(@ForAll("messages") byte[] noise) {
        assertNull(suite.token(new byte[64]).open(noise));
    }

    @Property(tries = 300)
    void aShorterKeyIsTheBeginningOfALongerOne(
            @ForAll("secrets") byte[] input,
            @ForAll("secrets") byte[] salt,
            @ForAll @IntRange(min = 1, max = 700) int length) {
        byte[] longest = suite.deriveKey(700, input, salt, null);
        byte[] derived = suite.deriveKey(length, input, salt, null);

        assertTrue(Arrays.equals(longest, 0, length, derived, 0, length));
        assertEquals(length, derived.length);
    }

    @Provide
    Arbitrary<byte[]> secrets() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(100);
    }

    @Provide
    Arbitrary<byte[]> messages() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    }

    @Provide
    Arbitrary<byte[]> keys() {
        return Arbitraries.of(32, 64)
                .flatMap(size -> Arbitraries.bytes().array(byte[].class).ofSize(size));
    }
}
