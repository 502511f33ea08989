package org.example.hello;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.crypto.KeyAgreement;
import io.kairos.api.crypto.Signer;
import io.kairos.api.crypto.Token;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * A suite under a name of its own: nobody uses it who does not ask for it. To stand in for the compatible suite register as
 * {@link CryptoSuite#RETICULUM}, with a {@code service.ranking} above 0.
 *
 * <p>Key agreement and signatures are services of other bundles, which come and go; what needs neither goes on working.
 */
@Component(service = CryptoSuite.class, property = CryptoSuite.SUITE + "=" + HelloSuite.NAME)
public final class HelloSuite implements CryptoSuite {

    static final String NAME = "hello";

    private static final int PUBLIC_KEY = 32;
    private static final int TOKEN_KEY = 64;

    /** Set by the container, at any time and by any thread. */
    @Reference(
            target = "(" + KeyAgreement.ALGORITHM + "=X25519)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile KeyAgreement keyAgreement;

    /** Set by the container, at any time and by any thread. */
    @Reference(
            target = "(" + Signer.ALGORITHM + "=Ed25519)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Signer signer;

    /** Waits for its services. */
    @Activate
    public HelloSuite() {}

    /** For tests. */
    HelloSuite(KeyAgreement keyAgreement, Signer signer) {
        this.keyAgreement = keyAgreement;
        this.signer = signer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public KeyAgreement keyAgreement() {
        return present(keyAgreement, "X25519 key agreement");
    }

    @Override
    public Signer signer() {
        return present(signer, "Ed25519 signatures");
    }

    @Override
    public byte[] deriveKey(int length, byte[] inputKey, byte[] salt, byte[] context) {
        return HelloKeys.derive(length, inputKey, salt, context);
    }

    @Override
    public Token token(byte[] key) {
        return new HelloToken(key);
    }

    @Override
    public byte[] encrypt(byte[] publicKey, byte[] identityHash, byte[] plaintext) {
        KeyAgreement agreement = keyAgreement();
        byte[] ephemeral = agreement.generatePrivateKey();
        byte[] secret = agreement.agree(ephemeral, publicKey);
        if (secret == null) {
            throw new MeshException(
                    Failure.Kind.PEER,
                    "The encryption key of the destination cannot be used",
                    "Its owner has to announce a proper key.");
        }
        byte[] sealed =
                token(HelloKeys.derive(TOKEN_KEY, secret, identityHash, null)).seal(plaintext);
        byte[] out = Arrays.copyOf(agreement.publicKey(ephemeral), PUBLIC_KEY + sealed.length);
        System.arraycopy(sealed, 0, out, PUBLIC_KEY, sealed.length);
        return out;
    }

    @Override
    public Decrypted decrypt(List<byte[]> privateKeys, byte[] identityHash, byte[] ciphertext) {
        if (ciphertext.length <= PUBLIC_KEY) {
            return null;
        }
        byte[] ephemeral = Arrays.copyOf(ciphertext, PUBLIC_KEY);
        byte[] sealed = Arrays.copyOfRange(ciphertext, PUBLIC_KEY, ciphertext.length);
        for (int i = 0; i < privateKeys.size(); i++) {
            byte[] secret = keyAgreement().agree(privateKeys.get(i), ephemeral);
            if (secret != null) {
                byte[] plaintext = token(HelloKeys.derive(TOKEN_KEY, secret, identityHash, null))
                        .open(sealed);
                if (plaintext != null) {
                    return new Decrypted(plaintext, i);
                }
            }
        }
        return null;
    }

    private static <T> T present(T service, String what) {
        if (service == null) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "No bundle offers " + what,
                    "Start one, for example kairos-crypto-jdk.");
        }
        return service;
    }
}
