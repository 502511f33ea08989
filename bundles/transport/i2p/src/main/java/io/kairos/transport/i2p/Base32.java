package io.kairos.transport.i2p;

/** Base32 in lower case without padding, as in the names of I2P. */
final class Base32 {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 8 / 5 + 1);
        int bits = 0;
        int count = 0;
        for (byte next : bytes) {
            bits = bits << 8 | next & 0xFF;
            for (count += 8; count >= 5; count -= 5) {
                text.append(ALPHABET.charAt(bits >> count - 5 & 31));
            }
            bits &= (1 << count) - 1;
        }
        if (count > 0) {
            text.append(ALPHABET.charAt(bits << 5 - count & 31));
        }
        return text.toString();
    }
}
