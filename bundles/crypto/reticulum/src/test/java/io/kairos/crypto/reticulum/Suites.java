package io.kairos.crypto.reticulum;

import io.kairos.api.crypto.KeyAgreement;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Suites and sources of chosen bytes for tests. */
final class Suites {

    /** For tokens that only open. */
    static final Consumer<byte[]> NO_RANDOM = bytes -> {
        throw new AssertionError("nothing random is wanted here");
    };

    private Suites() {}

    static ReticulumSuite complete() {
        return new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    }

    /** A suite whose next ephemeral key and IV are known. */
    static ReticulumSuite withEphemeral(byte[] ephemeral, byte[] iv) {
        return new ReticulumSuite(new FixedKey(new X25519Agreement(), ephemeral), new Ed25519Signer(), fixed(iv));
    }

    static Consumer<byte[]> fixed(byte[] content) {
        return bytes -> System.arraycopy(content, 0, bytes, 0, bytes.length);
    }

    /** Whether the code of a token is right, computed by the JDK's own HMAC. */
    static boolean isAuthentic(byte[] key, byte[] token) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, 0, key.length / 2, "HmacSHA256"));
        byte[] expected = mac.doFinal(Arrays.copyOf(token, token.length - 32));
        return Arrays.equals(expected, Arrays.copyOfRange(token, token.length - 32, token.length));
    }

    private record FixedKey(KeyAgreement real, byte[] key) implements KeyAgreement {

        @Override
        public String algorithm() {
            return real.algorithm();
        }

        @Override
        public byte[] generatePrivateKey() {
            return key.clone();
        }

        @Override
        public byte[] publicKey(byte[] privateKey) {
            return real.publicKey(privateKey);
        }

        @Override
        public byte[] agree(byte[] privateKey, byte[] peerPublicKey) {
            return real.agree(privateKey, peerPublicKey);
        }
    }
}
