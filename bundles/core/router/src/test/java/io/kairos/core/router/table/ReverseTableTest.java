package io.kairos.core.router.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.lib.bytes.Hashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReverseTableTest {

    private static final int NOW = 1_700_000_000;

    private final ReverseTable table = new ReverseTable(20_000, new Random(3));

    private static byte[] hash(int number) {
        return Hashes.sha256(ByteBuffer.allocate(4).putInt(number).array());
    }

    @Test
    void anEntryTellsBothInterfacesOnce() {
        table.put(hash(1), 5, ReverseTable.INTERFACES - 1, NOW);
        long entry = table.take(hash(1), 0, NOW + 1);
        assertEquals(5, ReverseTable.from(entry));
        assertEquals(ReverseTable.INTERFACES - 1, ReverseTable.to(entry));
        assertEquals(-1, table.take(hash(1), 0, NOW + 1));
        assertEquals(-1, table.take(hash(2), 0, NOW + 1));
    }

    @Test
    void entriesEndAfterEightMinutes() {
        table.put(hash(1), 1, 2, NOW);
        table.put(hash(2), 1, 2, NOW);
        assertTrue(table.take(hash(1), 0, NOW + 480) >= 0);
        assertEquals(-1, table.take(hash(2), 0, NOW + 481));
        table.put(hash(3), 1, 2, NOW);
        table.cull(NOW + 481);
        assertEquals(0, table.size());
    }

    @Test
    void lookingUsesNothingUpAndShowsWhatIsOver() {
        table.put(hash(1), 7, 9, NOW);

        assertEquals(7, ReverseTable.from(table.peek(hash(1), 0)));
        assertEquals(9, ReverseTable.to(table.peek(hash(1), 0)));
        assertEquals(-1, table.peek(hash(2), 0));
        assertEquals(-1, table.take(hash(1), 0, NOW + 500), "over");
        table.put(hash(3), 7, 9, NOW);
        table.cull(NOW + 481);
        assertEquals(-1, table.peek(hash(3), 0), "removed");
    }

    @Test
    void theNewestStayWhenThereAreTooMany() {
        for (int i = 0; i < 200_000; i++) {
            table.put(hash(i), i & 0xff, 1, NOW);
        }
        assertTrue(table.size() <= 20_000 + ReverseTable.LIFETIME_SECONDS, "bounded: " + table.size());
        assertEquals(199_999 & 0xff, ReverseTable.from(table.take(hash(199_999), 0, NOW)));
        assertEquals(-1, table.take(hash(0), 0, NOW));
    }

    @Test
    void manyThreadsPutAndTakeWithoutLoss() throws InterruptedException {
        ReverseTable large = new ReverseTable(500_000, new Random(3));
        AtomicInteger wrong = new AtomicInteger();
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            int number = t;
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    large.put(hash(number * 100_000 + i), number, i, NOW);
                }
                for (int i = 0; i < 20_000; i++) {
                    long entry = large.take(hash(number * 100_000 + i), 0, NOW);
                    if (entry == -1 || ReverseTable.from(entry) != number || ReverseTable.to(entry) != i) {
                        wrong.incrementAndGet();
                    }
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join(20_000);
        }
        assertEquals(0, wrong.get());
    }

    @Test
    void aTableThatWasWrittenGoesOnElsewhere() throws IOException {
        for (int i = 0; i < 5000; i++) {
            table.put(hash(i), i % 3, 7, NOW + i / 100);
        }
        table.take(hash(17), 0, NOW + 50);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.write(new DataOutputStream(out), number -> number == 2 ? -1 : number + 10, NOW + 50);

        DataInputStream in = new DataInputStream(new ByteArrayInputStream(out.toByteArray()));
        ReverseTable next = ReverseTable.read(in, 20_000, place -> place - 5, 1000, 60);

        assertEquals(-1, in.read(), "read to its end");
        assertEquals(-1, next.take(hash(17), 0, 1000), "it was used up");
        assertEquals(-1, next.take(hash(20), 0, 1000), "its interface does not last");
        long entry = next.take(hash(19), 0, 1000);
        assertEquals(6, ReverseTable.from(entry));
        assertEquals(12, ReverseTable.to(entry));
        assertEquals(-1, next.take(hash(1), 0, 1000 + 371), "its eight minutes are over");
        assertTrue(next.take(hash(4999), 0, 1000 + 410) >= 0, "its are not");
    }

    @Test
    void whatIsTooOldIsNotWritten() throws IOException {
        table.put(hash(1), 1, 2, NOW);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.write(new DataOutputStream(out), number -> number, NOW + 481);
        assertEquals(17, out.size());
    }
}
