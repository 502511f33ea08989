package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import java.util.List;

/** What is not encrypted to a key decrypts to nothing, never to an exception. */
class DecryptFuzzTest {

    private final CryptoSuite suite = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    private final byte[] privateKey = suite.keyAgreement().generatePrivateKey();

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void decryptsNothingForged(byte[] noise) {
        Fuzzing.check(suite.decrypt(List.of(privateKey), new byte[16], noise) == null, "noise was decrypted");
    }
}
