package io.kairos.crypto.reticulum;

import java.util.Arrays;

/**
 * HKDF-SHA256 (RFC 5869) whose block counter wraps: block 256 has the counter 0, block 257 the counter 1. So there is
 * no longest output, which the access code of large packets needs. Specification: docs/protocol/packet.md.
 */
public final class Hkdf {

    private static final int BLOCK = HmacSha256.LENGTH;
    private static final byte[] NO_SALT = new byte[BLOCK];
    private static final byte[] NO_CONTEXT = {};

    private Hkdf() {}

    /** See {@link io.kairos.api.crypto.CryptoSuite#deriveKey}. */
    public static byte[] derive(int length, byte[] inputKey, byte[] salt, byte[] context) {
        if (length < 1) {
            throw new IllegalArgumentException("a derived key has at least 1 byte, asked for " + length);
        }
        byte[] pseudoRandomKey = new byte[BLOCK];
        HmacSha256 extract = new HmacSha256(salt == null || salt.length == 0 ? NO_SALT : salt);
        extract.authenticate(inputKey, 0, inputKey.length, pseudoRandomKey, 0);
        HmacSha256 expand = new HmacSha256(pseudoRandomKey);
        Arrays.fill(pseudoRandomKey, (byte) 0);
        return expand(length, expand, context == null ? NO_CONTEXT : context);
    }

    /** Each block authenticates the one before, the context and the counter, which lie in one array for that. */
    private static byte[] expand(int length, HmacSha256 hmac, byte[] context) {
        byte[] chain = new byte[BLOCK + context.length + 1];
        System.arraycopy(context, 0, chain, BLOCK, context.length);
        byte[] out = new byte[length];
        int written = 0;
        for (int counter = 1; written < length; counter++) {
            chain[chain.length - 1] = (byte) counter;
            int from = counter == 1 ? BLOCK : 0;
            hmac.authenticate(chain, from, chain.length - from, chain, 0);
            int part = Math.min(BLOCK, length - written);
            System.arraycopy(chain, 0, out, written, part);
            written += part;
        }
        Arrays.fill(chain, (byte) 0);
        return out;
    }
}
