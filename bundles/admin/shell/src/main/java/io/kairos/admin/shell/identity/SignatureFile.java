package io.kairos.admin.shell.identity;

import io.kairos.api.crypto.Signer;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Signatures of files ({@code .rsg}) and signed texts ({@code .rsm}) as rnid writes them.
 *
 * <pre>
 *  64 bytes   Ed25519 signature over the envelope
 *  rest       envelope: MessagePack { "hashtype": "sha256", "hash": 32 bytes,
 *                                     "meta": { "signer": identity hash, "pubkey": both public keys, … },
 *                                     and in .rsm "message": bytes }
 * </pre>
 */
final class SignatureFile {

    /** More is no signature of a file. */
    static final int LARGEST = 65_536;

    private static final int SIGNATURE = 64;
    private static final String SHA256 = "sha256";

    private SignatureFile() {}

    static byte[] sign(LocalIdentity signer, byte[] sha256) {
        return sign(signer, sha256, Map.of(), Optional.empty());
    }

    /**
     * Signs a text that goes along in the same file ({@code .rsm}).
     *
     * @param told more about it, texts, lists and maps; what the format itself needs stays as it is
     */
    static byte[] signMessage(LocalIdentity signer, byte[] message, Map<String, Object> told) {
        return sign(signer, Hashes.sha256(message), told, Optional.of(message));
    }

    private static byte[] sign(
            LocalIdentity signer, byte[] sha256, Map<String, Object> told, Optional<byte[]> message) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("signer", signer.hash().toBytes());
        meta.put("pubkey", signer.publicIdentity().toBytes());
        told.forEach(meta::putIfAbsent);
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("hashtype", SHA256);
        envelope.put("hash", sha256);
        envelope.put("meta", meta);
        message.ifPresent(bytes -> envelope.put("message", bytes));
        byte[] packed = MessagePack.pack(envelope);
        byte[] signature = signer.sign(packed);
        byte[] file = Arrays.copyOf(signature, SIGNATURE + packed.length);
        System.arraycopy(packed, 0, file, SIGNATURE, packed.length);
        return file;
    }

    /** Whether it is a bare signature over the whole file, which does not tell whose it is. */
    static boolean isBare(byte[] file) {
        return file.length == SIGNATURE;
    }

    /**
     * Who signed.
     *
     * @param sha256 hash of the file that is to be checked
     * @throws MalformedException where it is no signature, of another file, or false; the message says which
     */
    static IdentityHash verify(byte[] file, byte[] sha256, Signer suite) {
        Map<?, ?> envelope = envelope(file);
        if (!(envelope.get("hash") instanceof byte[] hash) || !Hashes.same(hash, sha256)) {
            throw new MalformedException("it is the signature of another file, or the file was changed");
        }
        return signer(envelope, file, suite);
    }

    /**
     * A signed text.
     *
     * @param signer whose it is
     * @param meta what is told about it
     * @param text the text
     */
    record Message(IdentityHash signer, Map<?, ?> meta, String text) {}

    /**
     * Reads a signed text.
     *
     * @throws MalformedException as for {@link #verify}
     */
    static Message message(byte[] file, Signer suite) {
        Map<?, ?> envelope = envelope(file);
        byte[] message = envelope.get("message") instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : envelope.get("message") instanceof byte[] bytes ? bytes : null;
        if (message == null) {
            throw new MalformedException("there is no message in it");
        }
        if (!(envelope.get("hash") instanceof byte[] hash) || !Hashes.same(hash, Hashes.sha256(message))) {
            throw new MalformedException("the message was changed");
        }
        return new Message(
                signer(envelope, file, suite),
                (Map<?, ?>) envelope.get("meta"),
                new String(message, StandardCharsets.UTF_8));
    }

    private static Map<?, ?> envelope(byte[] file) {
        if (file.length <= SIGNATURE) {
            throw new MalformedException("this is no signature file");
        }
        byte[] packed = Arrays.copyOfRange(file, SIGNATURE, file.length);
        if (!(MessagePack.unpack(packed) instanceof Map<?, ?> envelope)
                || !SHA256.equals(envelope.get("hashtype"))
                || !(envelope.get("hash") instanceof byte[])
                || !(envelope.get("meta") instanceof Map<?, ?> meta)
                || !(meta.get("signer") instanceof byte[] signer)
                || !(meta.get("pubkey") instanceof byte[] keys)
                || keys.length != SIGNATURE
                || signer.length != IdentityHash.LENGTH) {
            throw new MalformedException("this is no signature file");
        }
        return envelope;
    }

    private static IdentityHash signer(Map<?, ?> envelope, byte[] file, Signer suite) {
        Map<?, ?> meta = (Map<?, ?>) envelope.get("meta");
        byte[] keys = (byte[]) meta.get("pubkey");
        byte[] packed = Arrays.copyOfRange(file, SIGNATURE, file.length);
        IdentityHash who = Hashes.identity(keys);
        boolean isTrue = Hashes.same(who.toBytes(), (byte[]) meta.get("signer"))
                && suite.verify(Arrays.copyOfRange(keys, 32, 64), packed, Arrays.copyOf(file, SIGNATURE));
        if (!isTrue) {
            throw new MalformedException("the signature is false");
        }
        return who;
    }
}
