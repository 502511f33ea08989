package io.kairos.crypto.reticulum;

import java.util.Arrays;

/** PKCS#7 padding to blocks of sixteen bytes. */
public final class Padding {

    private static final int BLOCK = 16;

    private Padding() {}

    /** The last, padded block of {@code in[offset, offset + length)}; all before it are whole blocks. */
    public static byte[] lastBlock(byte[] in, int offset, int length) {
        int rest = length % BLOCK;
        byte[] block = new byte[BLOCK];
        System.arraycopy(in, offset + length - rest, block, 0, rest);
        Arrays.fill(block, rest, BLOCK, (byte) (BLOCK - rest));
        return block;
    }

    /** Bytes without the padding, or -1 where it is none. */
    public static int plainLength(byte[] plain, int offset, int padded) {
        int padding = plain[offset + padded - 1];
        if (padding < 1 || padding > BLOCK) {
            return -1;
        }
        for (int i = padded - padding; i < padded; i++) {
            if (plain[offset + i] != padding) {
                return -1;
            }
        }
        return padded - padding;
    }
}
