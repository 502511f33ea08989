package io.kairos.crypto.bouncycastle;

import io.kairos.api.crypto.Signer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Ed25519 (RFC 8032, pure) by Bouncy Castle's lightweight code: no provider is registered, nothing is shared with other
 * users of the library.
 *
 * <p>Half of the cost of a signature is the public key, which enters it and follows from the seed. The few seeds a node
 * signs with are the same all the time (an interface with an access code signs every packet), so the public keys are
 * remembered in {@link PublicKeyMemory}.
 *
 * <p>Threads: any.
 */
@Component(service = Signer.class, property = Signer.ALGORITHM + "=" + Ed25519Signer.NAME)
public final class Ed25519Signer implements Signer {

    static final String NAME = "Ed25519";

    private final SecureRandom random;
    private final PublicKeyMemory publicKeys;

    /** Draws keys from the platform's default source. */
    @Activate
    public Ed25519Signer() {
        this(new SecureRandom());
    }

    Ed25519Signer(SecureRandom random) {
        this.random = random;
        this.publicKeys = new PublicKeyMemory(random, Ed25519Signer::derivePublicKey);
    }

    @Override
    public String algorithm() {
        return NAME;
    }

    @Override
    public byte[] generatePrivateKey() {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        Ed25519.generatePrivateKey(random, seed);
        return seed;
    }

    @Override
    public byte[] publicKey(byte[] privateKey) {
        requireSeed(privateKey);
        return derivePublicKey(privateKey);
    }

    @Override
    public byte[] sign(byte[] privateKey, byte[] message) {
        byte[] seed = seedOf(privateKey);
        byte[] publicKey = publicKeys.of(seed);
        if (seed != privateKey && !MessageDigest.isEqual(publicKey, afterSeed(privateKey))) {
            throw new IllegalArgumentException("the public key belongs to another seed");
        }
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    private static byte[] seedOf(byte[] privateKey) {
        if (privateKey.length == Ed25519.SECRET_KEY_SIZE + Ed25519.PUBLIC_KEY_SIZE) {
            return Arrays.copyOf(privateKey, Ed25519.SECRET_KEY_SIZE);
        }
        requireSeed(privateKey);
        return privateKey;
    }

    private static byte[] afterSeed(byte[] both) {
        return Arrays.copyOfRange(both, Ed25519.SECRET_KEY_SIZE, both.length);
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == Ed25519.PUBLIC_KEY_SIZE
                && signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    private static byte[] derivePublicKey(byte[] seed) {
        byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        return publicKey;
    }

    private static void requireSeed(byte[] privateKey) {
        if (privateKey.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "an Ed25519 seed has %d bytes, got %d".formatted(Ed25519.SECRET_KEY_SIZE, privateKey.length));
        }
    }
}
