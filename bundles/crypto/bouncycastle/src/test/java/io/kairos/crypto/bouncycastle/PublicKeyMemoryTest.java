package io.kairos.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PublicKeyMemoryTest {

    private final AtomicInteger derivations = new AtomicInteger();
    private final PublicKeyMemory memory = new PublicKeyMemory(new SecureRandom(), this::derive);

    @Test
    void aSeedIsDerivedOnce() {
        byte[] seed = {1, 2, 3};

        memory.of(seed);
        memory.of(seed.clone());

        assertEquals(1, derivations.get());
    }

    @Test
    void moreSeedsThanPlacesStillGetTheirOwnKeys() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1000; i++) {
                byte[] seed = {(byte) i, (byte) (i >> 8)};
                assertArrayEquals(reversed(seed), memory.of(seed));
            }
        }
    }

    private byte[] derive(byte[] seed) {
        derivations.incrementAndGet();
        return reversed(seed);
    }

    private static byte[] reversed(byte[] seed) {
        byte[] key = Arrays.copyOf(seed, seed.length);
        for (int i = 0; i < seed.length; i++) {
            key[i] = seed[seed.length - 1 - i];
        }
        return key;
    }
}
