package io.kairos.crypto.jdk;

import java.security.SecureRandom;

/** A source of one known sequence of bytes, for what would draw a key that is there already. */
final class GivenBytes extends SecureRandom {

    private static final long serialVersionUID = 1;

    private final byte[] given;

    GivenBytes(byte[] given) {
        this.given = given.clone();
    }

    @Override
    public void nextBytes(byte[] out) {
        if (out.length != given.length) {
            throw new IllegalStateException("%d bytes are wanted, %d are given".formatted(out.length, given.length));
        }
        System.arraycopy(given, 0, out, 0, out.length);
    }
}
