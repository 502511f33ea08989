package io.kairos.crypto.reticulum;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104) under one key. The two digests that have seen the padded key are prepared once and cloned for
 * each message: {@code javax.crypto.Mac} hashes both pads anew for every message, which doubles the cost of the short
 * ones that key derivation consists of.
 *
 * <p>Immutable. Threads: any.
 */
public final class HmacSha256 {

    /** Length of a code in bytes. */
    public static final int LENGTH = 32;

    private static final int BLOCK = 64;
    /** Long messages are hashed in pieces, so that the code for it is called often enough to be compiled soon. */
    private static final int PIECE = 4096;

    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private final MessageDigest inner;
    private final MessageDigest outer;

    /** Takes a key of any length; not kept. */
    public HmacSha256(byte[] key) {
        byte[] padded = Arrays.copyOf(key.length > BLOCK ? sha256().digest(key) : key, BLOCK);
        inner = keyed(padded, INNER_PAD);
        outer = keyed(padded, OUTER_PAD);
        Arrays.fill(padded, (byte) 0);
    }

    /** Writes the code of {@code in[offset, offset + length)} to {@code out}, which may be the same array. */
    public void authenticate(byte[] in, int offset, int length, byte[] out, int outOffset) {
        MessageDigest digest = copy(inner);
        for (int at = 0; at < length; at += PIECE) {
            digest.update(in, offset + at, Math.min(PIECE, length - at));
        }
        finish(digest, out, outOffset);
        digest = copy(outer);
        digest.update(out, outOffset, LENGTH);
        finish(digest, out, outOffset);
    }

    private static MessageDigest keyed(byte[] key, byte pad) {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) (key[i] ^ pad);
        }
        MessageDigest digest = sha256();
        digest.update(block);
        Arrays.fill(block, (byte) 0);
        return digest;
    }

    private static void finish(MessageDigest digest, byte[] out, int outOffset) {
        try {
            digest.digest(out, outOffset, LENGTH);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for an authentication code", e);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of this runtime cannot be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java 17 runtime has SHA-256", e);
        }
    }
}
