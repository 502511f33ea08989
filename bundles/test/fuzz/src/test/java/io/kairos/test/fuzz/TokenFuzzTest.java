package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.crypto.Token;
import io.kairos.crypto.reticulum.ReticulumSuite;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** No forged token is opened; of an authentic one not more than a block is taken for padding. */
class TokenFuzzTest {

    private static final byte[] KEY = new byte[64];
    private static final int VECTOR = 16;
    private static final int BLOCK = 16;
    private static final int CODE = 32;

    private final Token token = new ReticulumSuite().token(KEY);

    /** The input is an IV and a ciphertext. */
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void opensAuthenticTokensAndCutsOffABlockAtMost(byte[] noise) throws GeneralSecurityException {
        Fuzzing.check(token.open(noise) == null, "a token without its code was opened");

        byte[] plaintext = token.open(authentic(noise));

        int cut = plaintext == null ? 0 : noise.length - VECTOR - plaintext.length;
        Fuzzing.check(cut >= 0 && cut <= BLOCK, "padding was cut wrongly");
    }

    private static byte[] authentic(byte[] noise) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, 0, 32, "HmacSHA256"));
        byte[] authentic = Arrays.copyOf(noise, noise.length + CODE);
        System.arraycopy(mac.doFinal(noise), 0, authentic, noise.length, CODE);
        return authentic;
    }
}
