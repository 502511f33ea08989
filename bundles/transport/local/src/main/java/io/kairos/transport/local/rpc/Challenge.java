package io.kairos.transport.local.rpc;

import io.kairos.lib.bytes.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Both sides of proving to know the key, in the forms of old and new Python programs (docs/protocol/transport.md, local
 * programs). The code always covers the whole challenge with its prefix, so that nobody can be talked into a weaker one.
 *
 * <pre>
 *  peer             challenge                 response
 *  up to 3.11       20 random bytes           HMAC-MD5, 16 bytes, whatever the challenge looks like
 *  from 3.12 on     {sha256} 40 random bytes  {name} and HMAC of that name; HMAC-MD5 alone to 20 bytes
 * </pre>
 */
final class Challenge {

    private static final int RANDOM_BYTES = 40;
    private static final byte[] PREFIX = "{sha256}".getBytes(StandardCharsets.US_ASCII);
    private static final String OLD = "HmacMD5";

    /** A way to prove it. */
    private static final class Form {

        private final byte[] prefix;
        private final String algorithm;

        Form(String name, String algorithm) {
            this.prefix = ("{" + name + "}").getBytes(StandardCharsets.US_ASCII);
            this.algorithm = algorithm;
        }

        boolean begins(byte[] message) {
            return message.length >= prefix.length
                    && Arrays.equals(message, 0, prefix.length, prefix, 0, prefix.length);
        }
    }

    private static final List<Form> FORMS = List.of(
            new Form("sha256", "HmacSHA256"),
            new Form("sha384", "HmacSHA384"),
            new Form("sha3_256", "HmacSHA3-256"),
            new Form("sha3_384", "HmacSHA3-384"),
            new Form("md5", OLD));

    private Challenge() {}

    /** A challenge that both generations answer. */
    static byte[] draw(SecureRandom random) {
        byte[] challenge = Arrays.copyOf(PREFIX, PREFIX.length + RANDOM_BYTES);
        byte[] drawn = new byte[RANDOM_BYTES];
        random.nextBytes(drawn);
        System.arraycopy(drawn, 0, challenge, PREFIX.length, RANDOM_BYTES);
        return challenge;
    }

    /** Whether a response proves that its sender knows the key. */
    static boolean isProof(byte[] key, byte[] challenge, byte[] response) {
        for (Form form : FORMS) {
            if (form.begins(response)) {
                byte[] code = Arrays.copyOfRange(response, form.prefix.length, response.length);
                return Hashes.same(code, code(form.algorithm, key, challenge));
            }
        }
        return Hashes.same(response, code(OLD, key, challenge));
    }

    /** The response to a peer's challenge. */
    static byte[] respond(byte[] key, byte[] challenge) {
        for (Form form : FORMS) {
            if (form.begins(challenge)) {
                byte[] code = code(form.algorithm, key, challenge);
                return ByteBuffer.allocate(form.prefix.length + code.length)
                        .put(form.prefix)
                        .put(code)
                        .array();
            }
        }
        return code(OLD, key, challenge);
    }

    private static byte[] code(String algorithm, byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks " + algorithm, e);
        }
    }
}
