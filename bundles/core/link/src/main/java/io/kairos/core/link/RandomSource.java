package io.kairos.core.link;

import java.security.SecureRandom;

/** Random bytes; tests replay recorded ones. Threads: any. */
@FunctionalInterface
public interface RandomSource {

    void fill(byte[] bytes);

    default byte[] bytes(int length) {
        byte[] out = new byte[length];
        fill(out);
        return out;
    }

    /** Bytes that nobody can predict. */
    static RandomSource secure() {
        SecureRandom random = new SecureRandom();
        return random::nextBytes;
    }
}
