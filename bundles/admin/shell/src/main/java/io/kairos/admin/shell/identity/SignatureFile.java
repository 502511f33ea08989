package io.kairos.admin.shell.identity;

import io.kairos.api.crypto.Signer;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signatures of files as rnid writes them ({@code .rsg}).
 *
 * <pre>
 *  64 bytes   Ed25519 signature over the envelope
 *  rest       envelope: MessagePack { "hashtype": "sha256", "hash": 32 bytes,
 *                                     "meta": { "signer": identity hash, "pubkey": both public keys } }
 * </pre>
 */
final class SignatureFile {

    /** More is no signature of a file. */
    static final int LARGEST = 65_536;

    private static final int SIGNATURE = 64;
    private static final String SHA256 = "sha256";

    private SignatureFile() {}

    static byte[] sign(LocalIdentity signer, byte[] sha256) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("signer", signer.hash().toBytes());
        meta.put("pubkey", signer.publicIdentity().toBytes());
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("hashtype", SHA256);
        envelope.put("hash", sha256);
        envelope.put("meta", meta);
        byte[] packed = MessagePack.pack(envelope);
        byte[] signature = signer.sign(packed);
        byte[] file = Arrays.copyOf(signature, SIGNATURE + packed.length);
        System.arraycopy(packed, 0, file, SIGNATURE, packed.length);
        return file;
    }

    /**
     * Who signed.
     *
     * @param sha256 hash of the file that is to be checked
     * @throws MalformedException where it is no signature, of another file, or false; the message says which
     */
    static IdentityHash verify(byte[] file, byte[] sha256, Signer suite) {
        if (file.length <= SIGNATURE) {
            throw new MalformedException("this is no signature file");
        }
        byte[] packed = Arrays.copyOfRange(file, SIGNATURE, file.length);
        if (!(MessagePack.unpack(packed) instanceof Map<?, ?> envelope)
                || !SHA256.equals(envelope.get("hashtype"))
                || !(envelope.get("hash") instanceof byte[] hash)
                || !(envelope.get("meta") instanceof Map<?, ?> meta)
                || !(meta.get("signer") instanceof byte[] signer)
                || !(meta.get("pubkey") instanceof byte[] keys)
                || keys.length != SIGNATURE
                || signer.length != IdentityHash.LENGTH) {
            throw new MalformedException("this is no signature file");
        }
        if (!Hashes.same(hash, sha256)) {
            throw new MalformedException("it is the signature of another file, or the file was changed");
        }
        IdentityHash who = Hashes.identity(keys);
        boolean isTrue = Hashes.same(who.toBytes(), signer)
                && suite.verify(Arrays.copyOfRange(keys, 32, 64), packed, Arrays.copyOf(file, SIGNATURE));
        if (!isTrue) {
            throw new MalformedException("the signature is false");
        }
        return who;
    }
}
