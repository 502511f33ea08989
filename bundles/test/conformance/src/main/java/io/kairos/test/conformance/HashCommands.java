package io.kairos.test.conformance;

import io.kairos.crypto.reticulum.HmacSha256;
import io.kairos.lib.bytes.Hashes;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Hashes, codes and names. */
final class HashCommands implements Commands.Family {

    @Override
    public void addTo(Commands commands) {
        commands.add("sha256", p -> Answer.of("hash", Hashes.sha256(p.bytes("data"))))
                .add("sha512", p -> Answer.of("hash", sha512(p.bytes("data"))))
                .add("hmac_sha256", p -> Answer.of("hmac", hmac(p.bytes("key"), p.bytes("message"))))
                .add(
                        "truncated_hash",
                        p -> Answer.with("hash", Hashes.truncated(p.bytes("data")))
                                .and("full_hash", Hashes.sha256(p.bytes("data")))
                                .map())
                .add("name_hash", p -> Answer.of("hash", Hashes.name(p.text("name"))));
    }

    /** The digest on which the product's signatures are built; nothing else uses SHA-512. */
    private static byte[] sha512(byte[] data) {
        Digest digest = Ed25519.createPrehash();
        byte[] hash = new byte[digest.getDigestSize()];
        digest.update(data, 0, data.length);
        digest.doFinal(hash, 0);
        return hash;
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        byte[] code = new byte[HmacSha256.LENGTH];
        new HmacSha256(key).authenticate(message, 0, message.length, code, 0);
        return code;
    }
}
