package org.example.hello;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256, and HKDF (RFC 5869) whose block counter wraps, so that keys of any length can be derived. */
final class HelloKeys {

    static final int CODE = 32;

    private HelloKeys() {}

    static byte[] derive(int length, byte[] inputKey, byte[] salt, byte[] context) {
        if (length < 1) {
            throw new IllegalArgumentException("a derived key has at least 1 byte, asked for " + length);
        }
        byte[] key = hmac(salt == null || salt.length == 0 ? new byte[CODE] : salt, inputKey);
        byte[] info = context == null ? new byte[0] : context;
        byte[] out = new byte[length];
        byte[] block = new byte[0];
        for (int written = 0, counter = 1; written < length; written += CODE, counter++) {
            block = hmac(key, block, info, new byte[] {(byte) counter});
            System.arraycopy(block, 0, out, written, Math.min(CODE, length - written));
        }
        Arrays.fill(key, (byte) 0);
        return out;
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 runtime has HmacSHA256", e);
        }
    }
}
