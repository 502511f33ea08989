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

    /**
     * Bytes without the padding, or -1 where it is none. As in Reticulum the last byte alone counts, and 0 means that
     * nothing is cut off. Only for what an authentication code has proved genuine: nobody else can choose that byte.
     */
    public static int plainLength(byte[] plain, int offset, int padded) {
        int padding = plain[offset + padded - 1] & 0xff;
        return padding > BLOCK ? -1 : padded - padding;
    }
}
