package io.kairos.test.bench.growth;

import io.kairos.api.crypto.Signer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/**
 * Stands in for Ed25519 where a million announces are wanted and the time for their signatures is not what is measured: the
 * signature is the SHA-512 of the public key and the message. It proves nothing.
 */
final class QuickSigner implements Signer {

    private final Random random = new Random(2);
    private final MessageDigest digest;

    QuickSigner() {
        try {
            digest = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java 17 runtime has SHA-512", e);
        }
    }

    @Override
    public String algorithm() {
        return "Ed25519";
    }

    @Override
    public byte[] generatePrivateKey() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return key;
    }

    @Override
    public byte[] publicKey(byte[] privateKey) {
        return privateKey.clone();
    }

    @Override
    public byte[] sign(byte[] privateKey, byte[] message) {
        digest.update(privateKey, 0, 32);
        return digest.digest(message);
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return MessageDigest.isEqual(sign(publicKey, message), signature);
    }
}
