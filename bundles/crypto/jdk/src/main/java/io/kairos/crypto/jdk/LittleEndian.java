package io.kairos.crypto.jdk;

import java.math.BigInteger;

/** Reads the coordinates in public keys. */
final class LittleEndian {

    private LittleEndian() {}

    /** Neither X25519 (where it has no meaning) nor Ed25519 (where it is a sign) count the highest bit. */
    static BigInteger withoutHighestBit(byte[] key) {
        byte[] bigEndian = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            bigEndian[i] = key[key.length - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        return new BigInteger(1, bigEndian);
    }
}
