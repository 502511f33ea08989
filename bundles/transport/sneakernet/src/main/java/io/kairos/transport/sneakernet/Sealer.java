package io.kairos.transport.sneakernet;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Signer;
import io.kairos.api.crypto.Token;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.packet.IdentityHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Signs, seals, opens and checks the parcels of one network; made anew for each visit to a stick. */
final class Sealer {

    static final int KEYS_BYTES = 64;
    static final int SIGNATURE_BYTES = 64;

    private static final byte[] SIGNED = "kairos sneakernet 1\0".getBytes(StandardCharsets.US_ASCII);

    private final Token token;
    private final Signer signer;
    private final LocalIdentity self;

    Sealer(CryptoSuite suite, NetworkKey key, LocalIdentity self) {
        this.token = key.token(suite);
        this.signer = suite.signer();
        this.self = self;
    }

    Token token() {
        return token;
    }

    IdentityHash self() {
        return self.hash();
    }

    byte[] ownKeys() {
        return self.publicIdentity().toBytes();
    }

    /** A parcel with this content and the node's signature behind it. */
    byte[] parcel(ByteBuffer content) {
        byte[] unsigned = Arrays.copyOf(content.array(), content.position());
        byte[] signature = self.sign(withContext(unsigned, unsigned.length));
        byte[] all = Arrays.copyOf(unsigned, unsigned.length + SIGNATURE_BYTES);
        System.arraycopy(signature, 0, all, unsigned.length, SIGNATURE_BYTES);
        return Parcels.seal(token, all);
    }

    /** Whether the last bytes of the content are the signature of the rest. */
    boolean isSigned(byte[] content, byte[] keys) {
        int length = content.length - SIGNATURE_BYTES;
        byte[] signature = Arrays.copyOfRange(content, length, content.length);
        return signer.verify(
                Arrays.copyOfRange(keys, KEYS_BYTES / 2, KEYS_BYTES), withContext(content, length), signature);
    }

    /** The identity to which public keys belong. */
    static IdentityHash hashOf(byte[] keys) {
        try {
            return IdentityHash.of(MessageDigest.getInstance("SHA-256").digest(keys), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java 17 runtime has SHA-256", e);
        }
    }

    private static byte[] withContext(byte[] content, int length) {
        return ByteBuffer.allocate(SIGNED.length + length)
                .put(SIGNED)
                .put(content, 0, length)
                .array();
    }
}
