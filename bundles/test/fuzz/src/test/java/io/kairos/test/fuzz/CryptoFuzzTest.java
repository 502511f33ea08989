package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Token;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Ciphertexts from outside are plaintexts or nothing, never an exception. */
class CryptoFuzzTest {

    private static final byte[] KEY = new byte[64];
    private static final int CODE = 32;

    private final CryptoSuite suite = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    private final Token token = suite.token(KEY);
    private final byte[] privateKey = suite.keyAgreement().generatePrivateKey();

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void opensNoForgedToken(byte[] noise) {
        Fuzzing.check(token.open(noise) == null, "a token without its code was opened");
    }

    /** Behind the authentication code: IV and ciphertext are noise, the code is right. */
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void opensAuthenticTokensWithProperPaddingOnly(byte[] noise) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, 0, 32, "HmacSHA256"));
        byte[] authentic = Arrays.copyOf(noise, noise.length + CODE);
        System.arraycopy(mac.doFinal(noise), 0, authentic, noise.length, CODE);

        byte[] plaintext = token.open(authentic);

        Fuzzing.check(
                plaintext == null || token.sealedLength(plaintext.length) == authentic.length, "padding was cut wrongly");
    }

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void decryptsNothingForged(byte[] noise) {
        Fuzzing.check(
                suite.decrypt(List.of(privateKey), new byte[16], noise) == null, "noise was decrypted");
    }
}
