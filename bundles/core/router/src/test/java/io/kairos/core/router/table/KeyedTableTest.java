package io.kairos.core.router.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeyedTableTest {

    private static final class Entry extends Keyed {
        Entry(long high, long low) {
            super(high, low);
        }
    }

    @Test
    void behavesLikeAMapWhateverIsPutAndRemoved() {
        Random random = new Random(11);
        KeyedTable<Entry> table = new KeyedTable<>(random);
        Map<Long, Entry> model = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            long key = random.nextInt(5_000) - 100;
            if (random.nextInt(3) > 0) {
                Entry entry = new Entry(key, -key);
                table.put(entry);
                model.put(key, entry);
            } else {
                Entry old = model.remove(key);
                assertEquals(old != null, table.remove(old == null ? new Entry(key, -key) : old));
            }
            assertSame(model.get(key), table.get(key, -key));
        }
        assertEquals(model.size(), table.size());
        int[] visited = {0};
        table.forEach(entry -> {
            assertSame(model.get(entry.high()), entry);
            visited[0]++;
        });
        assertEquals(model.size(), visited[0]);
        assertNotNull(table.any(random));
    }

    @Test
    void theKeyOfRemovedEntriesIsAnOrdinaryKey() {
        KeyedTable<Entry> table = new KeyedTable<>(new Random(1));
        Entry one = new Entry(1, 1);
        table.put(one);
        table.remove(one);
        assertNull(table.get(0, 0));
        assertNull(table.any(new Random(1)));
        assertTrue(table.putIfAbsent(new Entry(0, 0)));
        assertFalse(table.putIfAbsent(new Entry(0, 0)));
        assertNotNull(table.get(0, 0));
    }

    @Test
    void readersAlwaysFindWhatStaysWhileOthersComeAndGo() throws InterruptedException {
        KeyedTable<Entry> table = new KeyedTable<>(new Random(5));
        for (int i = 0; i < 1000; i++) {
            table.put(new Entry(i, i));
        }
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<String> failure = new AtomicReference<>();
        Thread[] readers = new Thread[3];
        for (int r = 0; r < readers.length; r++) {
            readers[r] = new Thread(() -> {
                while (!done.get()) {
                    for (int i = 0; i < 1000; i++) {
                        if (table.get(i, i) == null) {
                            failure.set("lost " + i);
                        }
                    }
                }
            });
            readers[r].start();
        }
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 5_000; i++) {
                table.put(new Entry(i + 1_000_000, round));
            }
            for (int i = 0; i < 5_000; i++) {
                table.remove(table.get(i + 1_000_000, round));
            }
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join(10_000);
        }
        assertNull(failure.get());
        assertEquals(1000, table.size());
    }
}
