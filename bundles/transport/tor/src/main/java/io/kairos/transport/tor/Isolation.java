package io.kairos.transport.tor;

import java.security.SecureRandom;
import java.util.HexFormat;

/** User names by which tor keeps streams on circuits of their own. */
final class Isolation {

    private static final int RANDOM_BYTES = 16;

    private Isolation() {}

    /** A name that nobody else has. */
    static String draw(SecureRandom random) {
        byte[] name = new byte[RANDOM_BYTES];
        random.nextBytes(name);
        return HexFormat.of().formatHex(name);
    }
}
