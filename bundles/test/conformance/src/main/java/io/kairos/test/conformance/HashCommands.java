package io.kairos.test.conformance;

import io.kairos.crypto.reticulum.HmacSha256;
import io.kairos.lib.bytes.Hashes;

/** Hashes, codes and names. */
final class HashCommands implements Commands.Family {

    @Override
    public void addTo(Commands commands) {
        commands.add("sha256", p -> Answer.of("hash", Hashes.sha256(p.bytes("data"))))
                .notSupported("sha512", "no part of the product uses SHA-512 by itself")
                .add("hmac_sha256", p -> Answer.of("hmac", hmac(p.bytes("key"), p.bytes("message"))))
                .add(
                        "truncated_hash",
                        p -> Answer.with("hash", Hashes.truncated(p.bytes("data")))
                                .and("full_hash", Hashes.sha256(p.bytes("data")))
                                .map())
                .add("name_hash", p -> Answer.of("hash", Hashes.name(p.text("name"))));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        byte[] code = new byte[HmacSha256.LENGTH];
        new HmacSha256(key).authenticate(message, 0, message.length, code, 0);
        return code;
    }
}
