package io.kairos.crypto.bouncycastle;

import io.kairos.api.crypto.KeyAgreement;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * X25519 (RFC 7748) by Bouncy Castle's lightweight code: no provider is registered, nothing is shared with other users
 * of the library.
 *
 * <p>Threads: any; stateless apart from the random source, which is safe to share.
 */
@Component(service = KeyAgreement.class, property = KeyAgreement.ALGORITHM + "=" + X25519Agreement.NAME)
public final class X25519Agreement implements KeyAgreement {

    static final String NAME = "X25519";

    private final SecureRandom random;

    /** Draws keys from the platform's default source. */
    @Activate
    public X25519Agreement() {
        this(new SecureRandom());
    }

    X25519Agreement(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String algorithm() {
        return NAME;
    }

    @Override
    public byte[] generatePrivateKey() {
        byte[] privateKey = new byte[X25519.SCALAR_SIZE];
        X25519.generatePrivateKey(random, privateKey);
        return privateKey;
    }

    @Override
    public byte[] publicKey(byte[] privateKey) {
        requireScalar(privateKey);
        byte[] publicKey = new byte[X25519.POINT_SIZE];
        X25519.generatePublicKey(privateKey, 0, publicKey, 0);
        return publicKey;
    }

    @Override
    public byte[] agree(byte[] privateKey, byte[] peerPublicKey) {
        requireScalar(privateKey);
        if (peerPublicKey.length != X25519.POINT_SIZE) {
            return null;
        }
        byte[] secret = new byte[X25519.POINT_SIZE];
        return X25519.calculateAgreement(privateKey, 0, peerPublicKey, 0, secret, 0) ? secret : null;
    }

    private static void requireScalar(byte[] privateKey) {
        if (privateKey.length != X25519.SCALAR_SIZE) {
            throw new IllegalArgumentException(
                    "an X25519 private key has %d bytes, got %d".formatted(X25519.SCALAR_SIZE, privateKey.length));
        }
    }
}
