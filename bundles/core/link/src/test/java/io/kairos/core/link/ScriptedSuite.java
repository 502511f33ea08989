package io.kairos.core.link;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.crypto.KeyAgreement;
import io.kairos.api.crypto.Signer;
import io.kairos.api.crypto.Token;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import java.lang.reflect.Constructor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The compatible suite with recorded keys and initialisation vectors in place of random ones. */
public final class ScriptedSuite implements CryptoSuite {

    private final Deque<byte[]> agreementKeys = new ArrayDeque<>();
    private final Deque<byte[]> signingKeys = new ArrayDeque<>();
    private final Deque<byte[]> vectors = new ArrayDeque<>();
    private final CryptoSuite real;

    public ScriptedSuite() {
        try {
            Constructor<ReticulumSuite> maker =
                    ReticulumSuite.class.getDeclaredConstructor(KeyAgreement.class, Signer.class, Consumer.class);
            maker.setAccessible(true);
            Consumer<byte[]> scripted = this::nextVector;
            real = maker.newInstance(new X25519Agreement(), new Ed25519Signer(), scripted);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the suite is not made as this test expects", e);
        }
    }

    private void nextVector(byte[] out) {
        byte[] next = vectors.remove();
        System.arraycopy(next, 0, out, 0, out.length);
    }

    public ScriptedSuite agreementKey(byte[] key) {
        agreementKeys.add(key);
        return this;
    }

    public ScriptedSuite signingKey(byte[] key) {
        signingKeys.add(key);
        return this;
    }

    /** The next token begins like this one. */
    public ScriptedSuite vectorOf(byte[] token, int offset) {
        vectors.add(Arrays.copyOfRange(token, offset, offset + 16));
        return this;
    }

    @Override
    public String name() {
        return RETICULUM;
    }

    @Override
    public KeyAgreement keyAgreement() {
        KeyAgreement agreement = real.keyAgreement();
        return new KeyAgreement() {
            @Override
            public String algorithm() {
                return agreement.algorithm();
            }

            @Override
            public byte[] generatePrivateKey() {
                return agreementKeys.remove().clone();
            }

            @Override
            public byte[] publicKey(byte[] privateKey) {
                return agreement.publicKey(privateKey);
            }

            @Override
            public byte[] agree(byte[] privateKey, byte[] peerPublicKey) {
                return agreement.agree(privateKey, peerPublicKey);
            }
        };
    }

    @Override
    public Signer signer() {
        Signer signer = real.signer();
        return new Signer() {
            @Override
            public String algorithm() {
                return signer.algorithm();
            }

            @Override
            public byte[] generatePrivateKey() {
                return signingKeys.remove().clone();
            }

            @Override
            public byte[] publicKey(byte[] privateKey) {
                return signer.publicKey(privateKey);
            }

            @Override
            public byte[] sign(byte[] privateKey, byte[] message) {
                return signer.sign(privateKey, message);
            }

            @Override
            public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
                return signer.verify(publicKey, message, signature);
            }
        };
    }

    @Override
    public byte[] deriveKey(int length, byte[] inputKey, byte[] salt, byte[] context) {
        return real.deriveKey(length, inputKey, salt, context);
    }

    @Override
    public Token token(byte[] key) {
        return real.token(key);
    }

    @Override
    public byte[] encrypt(byte[] publicKey, byte[] identityHash, byte[] plaintext) {
        return real.encrypt(publicKey, identityHash, plaintext);
    }

    @Override
    public Decrypted decrypt(List<byte[]> privateKeys, byte[] identityHash, byte[] ciphertext) {
        return real.decrypt(privateKeys, identityHash, ciphertext);
    }
}
