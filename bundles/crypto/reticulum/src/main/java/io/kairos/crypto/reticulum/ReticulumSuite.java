package io.kairos.crypto.reticulum;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.crypto.KeyAgreement;
import io.kairos.api.crypto.Signer;
import io.kairos.api.crypto.Token;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The suite that is wire-compatible with Reticulum: X25519, Ed25519, HKDF-SHA256, AES-256-CBC and HMAC-SHA256.
 *
 * <pre>
 *  what is encrypted to an identity
 *  offset  size  field
 *  0       32    ephemeral X25519 public key
 *  32      ...   token under HKDF(64, shared secret, salt = identity hash), see {@link CbcToken}
 * </pre>
 *
 * <p>Key agreement and signatures come from services: always the highest ranked ones, the next best when those go. The
 * suite stays registered without any, so its users see a {@link MeshException} that says what to do instead of a
 * service that vanished; what needs neither (tokens, key derivation) goes on working.
 *
 * <p>Specification: docs/protocol/packet.md. Threads: any.
 */
@Component(service = CryptoSuite.class, property = CryptoSuite.SUITE + "=" + CryptoSuite.RETICULUM)
public final class ReticulumSuite implements CryptoSuite {

    private static final int KEY = 32;
    private static final int DERIVED = 64;
    private static final String REMEDY =
            "Start the bundle io.kairos.crypto.bouncycastle or another one that offers it; the suite uses it at once.";

    private final Consumer<byte[]> random;

    /** Set by the service component runtime, at any time and by any thread. */
    @Reference(
            target = "(" + KeyAgreement.ALGORITHM + "=X25519)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile KeyAgreement keyAgreement;

    /** Set by the service component runtime, at any time and by any thread. */
    @Reference(
            target = "(" + Signer.ALGORITHM + "=Ed25519)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Signer signer;

    /** Waits for its services. */
    @Activate
    public ReticulumSuite() {
        this(null, null);
    }

    /** For use without a container; a primitive that is {@code null} is treated as a service that is not there. */
    public ReticulumSuite(KeyAgreement keyAgreement, Signer signer) {
        this(keyAgreement, signer, new SecureRandom()::nextBytes);
    }

    /** The source of IVs is given, so that recorded ciphertexts can be reproduced. */
    ReticulumSuite(KeyAgreement keyAgreement, Signer signer, Consumer<byte[]> random) {
        this.keyAgreement = keyAgreement;
        this.signer = signer;
        this.random = random;
    }

    @Override
    public String name() {
        return RETICULUM;
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
        return Hkdf.derive(length, inputKey, salt, context);
    }

    @Override
    public Token token(byte[] key) {
        return new CbcToken(key, random);
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
                    "Its owner has to announce a proper key; nothing can be encrypted to this one.");
        }
        Token token = sessionToken(secret, identityHash);
        byte[] out = new byte[KEY + token.sealedLength(plaintext.length)];
        System.arraycopy(agreement.publicKey(ephemeral), 0, out, 0, KEY);
        Arrays.fill(ephemeral, (byte) 0);
        token.seal(plaintext, 0, plaintext.length, out, KEY);
        return out;
    }

    @Override
    public Decrypted decrypt(List<byte[]> privateKeys, byte[] identityHash, byte[] ciphertext) {
        if (!CbcToken.isPossibleLength(ciphertext.length - KEY)) {
            return null;
        }
        KeyAgreement agreement = keyAgreement();
        byte[] ephemeral = Arrays.copyOf(ciphertext, KEY);
        byte[] out = new byte[ciphertext.length - KEY];
        for (int i = 0; i < privateKeys.size(); i++) {
            byte[] secret = agreement.agree(privateKeys.get(i), ephemeral);
            if (secret == null) {
                continue;
            }
            int length = sessionToken(secret, identityHash).open(ciphertext, KEY, out.length, out, 0);
            if (length >= 0) {
                return new Decrypted(Arrays.copyOf(out, length), i);
            }
        }
        return null;
    }

    private Token sessionToken(byte[] secret, byte[] identityHash) {
        byte[] key = Hkdf.derive(DERIVED, secret, identityHash, null);
        Token token = token(key);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(key, (byte) 0);
        return token;
    }

    private static <T> T present(T service, String what) {
        if (service == null) {
            throw new MeshException(Failure.Kind.CONFIGURATION, "No bundle offers " + what, REMEDY);
        }
        return service;
    }
}
