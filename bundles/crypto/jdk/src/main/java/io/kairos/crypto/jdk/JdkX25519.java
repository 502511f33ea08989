package io.kairos.crypto.jdk;

import io.kairos.api.crypto.KeyAgreement;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * X25519 (RFC 7748) by the Java runtime. Ranked low: it takes over while no other bundle offers X25519.
 *
 * <p>Threads: any; stateless apart from the random source, which is safe to share.
 */
@Component(
        service = KeyAgreement.class,
        property = {KeyAgreement.ALGORITHM + "=" + JdkX25519.NAME, "service.ranking:Integer=-100"})
public final class JdkX25519 implements KeyAgreement {

    static final String NAME = "X25519";

    private static final int LENGTH = 32;

    private final SecureRandom random;

    /** Draws keys from the platform's default source. */
    @Activate
    public JdkX25519() {
        this(new SecureRandom());
    }

    JdkX25519(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String algorithm() {
        return NAME;
    }

    @Override
    public byte[] generatePrivateKey() {
        byte[] privateKey = new byte[LENGTH];
        random.nextBytes(privateKey);
        return privateKey;
    }

    /** What a private key agrees on with the base point. */
    @Override
    public byte[] publicKey(byte[] privateKey) {
        byte[] basePoint = new byte[LENGTH];
        basePoint[0] = 9;
        byte[] publicKey = agree(privateKey, basePoint);
        if (publicKey == null) {
            throw new IllegalStateException("the base point has no small order");
        }
        return publicKey;
    }

    @Override
    public byte[] agree(byte[] privateKey, byte[] peerPublicKey) {
        if (privateKey.length != LENGTH) {
            throw new IllegalArgumentException(
                    "an X25519 private key has %d bytes, got %d".formatted(LENGTH, privateKey.length));
        }
        if (peerPublicKey.length != LENGTH) {
            return null;
        }
        try {
            KeyFactory keys = KeyFactory.getInstance(NAME);
            PrivateKey own = keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey));
            PublicKey peer = keys.generatePublic(
                    new XECPublicKeySpec(NamedParameterSpec.X25519, LittleEndian.withoutHighestBit(peerPublicKey)));
            return secret(own, peer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 runtime has X25519", e);
        }
    }

    /** {@code null} where the peer's key has small order, which the runtime refuses. */
    private static byte[] secret(PrivateKey own, PublicKey peer) throws GeneralSecurityException {
        javax.crypto.KeyAgreement agreement = javax.crypto.KeyAgreement.getInstance(NAME);
        agreement.init(own);
        try {
            agreement.doPhase(peer, true);
        } catch (InvalidKeyException e) {
            return null;
        }
        return agreement.generateSecret();
    }
}
