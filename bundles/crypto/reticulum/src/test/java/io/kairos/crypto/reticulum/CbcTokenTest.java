package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.kairos.api.crypto.Token;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CbcTokenTest {

    private final Token token = Suites.complete().token(new byte[64]);

    @Test
    void lengthsAreTheOverheadAndOneToSixteenBytesOfPadding() {
        assertEquals(64, token.sealedLength(0));
        assertEquals(64, token.sealedLength(15));
        assertEquals(80, token.sealedLength(16));
        assertEquals(464 - 32, token.sealedLength(383));
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() {
        byte[] otherKey = new byte[64];
        otherKey[40] = 1;
        byte[] sealed = Suites.complete().token(otherKey).seal(new byte[20]);
        otherKey[40] = 0;
        otherKey[0] = 1;

        assertEquals(-1, Suites.complete().token(otherKey).open(sealed, 0, sealed.length, new byte[100], 0));
    }

    @Test
    void thereMustBeRoomAndRanges() {
        byte[] plain = new byte[20];
        byte[] sealed = token.seal(plain);

        assertThrows(IndexOutOfBoundsException.class, () -> token.seal(plain, 0, 20, new byte[sealed.length - 1], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> token.seal(plain, 1, 20, new byte[200], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> token.open(sealed, 0, sealed.length, new byte[31], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> token.open(sealed, 1, sealed.length, new byte[200], 0));
    }

    @Test
    void theCodeIsCheckedWhateverItCovers() {
        CbcToken checking = new CbcToken(new byte[64], Suites.NO_RANDOM);
        byte[] odd = new byte[16 + 10 + 32];
        new HmacSha256(new byte[32]).authenticate(odd, 0, 26, odd, 26);

        assertTrue(checking.isAuthentic(odd, 0, odd.length));
        assertNull(checking.open(odd), "authentic, but not whole blocks");
        odd[3] ^= 1;
        assertFalse(checking.isAuthentic(odd, 0, odd.length));
        assertFalse(checking.isAuthentic(odd, 0, 32), "nothing but a code");
        assertFalse(checking.isAuthentic(odd, 0, 0));
    }

    @Test
    void keysAreDrawnForEachModeThereIs() {
        for (Token.Mode mode : Token.Mode.values()) {
            byte[] key = Suites.complete().generateTokenKey(mode);

            assertEquals(mode, Token.Mode.named(mode.name()));
            assertEquals(mode.keyBytes(), key.length);
            assertFalse(Arrays.equals(key, Suites.complete().generateTokenKey(mode)));
            byte[] sealed = Suites.complete().token(key).seal(new byte[20]);
            assertArrayEquals(new byte[20], Suites.complete().token(key).open(sealed));
        }
        assertThrows(IllegalArgumentException.class, () -> Token.Mode.named("AES_512_GCM"));
    }

    @Test
    void oneTokenServesManyThreads() throws Exception {
        List<Callable<Boolean>> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            byte content = (byte) worker;
            workers.add(() -> sealAndOpen(content));
        }
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        try {
            for (Future<Boolean> result : threads.invokeAll(workers)) {
                assertTrue(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void sealingAndOpeningInPlaceArrays() {
        byte[] buffer = new byte[400];
        for (int i = 0; i < 300; i++) {
            buffer[i] = (byte) i;
        }
        byte[] plain = Arrays.copyOf(buffer, 300);

        int sealed = token.seal(buffer, 0, 300, buffer, 0);
        int opened = token.open(buffer, 0, sealed, buffer, 0);

        assertArrayEquals(plain, Arrays.copyOf(buffer, opened));
    }

    @Test
    void allocatesLittleForAMessage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] plain = new byte[8192];
        byte[] sealed = new byte[token.sealedLength(plain.length)];
        byte[] opened = new byte[sealed.length];
        int rounds = 2000;
        for (int i = 0; i < rounds; i++) {
            token.open(sealed, 0, token.seal(plain, 0, plain.length, sealed, 0), opened, 0);
        }

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            token.open(sealed, 0, token.seal(plain, 0, plain.length, sealed, 0), opened, 0);
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;

        assertTrue(each < 4096, each + " bytes for sealing and opening 8192 bytes");
    }

    private boolean sealAndOpen(byte content) {
        byte[] plain = new byte[100 + content];
        Arrays.fill(plain, content);
        for (int i = 0; i < 2000; i++) {
            if (!Arrays.equals(plain, token.open(token.seal(plain)))) {
                return false;
            }
        }
        return true;
    }
}
