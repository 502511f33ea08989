package io.kairos.core.router.table;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A hash table from 16-byte keys to entries, for look-ups on the forwarding path: they take no lock and allocate nothing,
 * which {@code ConcurrentHashMap} cannot offer, because it wants a key object. Open addressing with linear probing; at
 * most half of the slots are used. Where a key lands depends on a secret, so nobody can make keys collide on purpose.
 *
 * <p>Threads: any thread reads while another writes; a reader sees an entry as it was before or after. Writers take turns.
 */
public final class KeyedTable<V extends Keyed> {

    private static final int FEWEST_SLOTS = 64;
    private static final Keyed GONE = new Keyed(0, 0) {};

    private final long secret;
    private volatile AtomicReferenceArray<Keyed> slots = new AtomicReferenceArray<>(FEWEST_SLOTS);
    private volatile int size;

    // ---- guarded by this ----
    private int used; // slots that were ever taken since the last rebuild, among them those of removed entries

    public KeyedTable(RandomGenerator random) {
        this.secret = random.nextLong() | 1;
    }

    /** The entry of a key, or {@code null}. */
    @SuppressWarnings("unchecked") // only put() stores, and it stores V
    public V get(long high, long low) {
        AtomicReferenceArray<Keyed> table = slots;
        int mask = table.length() - 1;
        for (int at = start(high, low, mask); ; at = at + 1 & mask) {
            Keyed entry = table.getAcquire(at);
            if (entry == null) {
                return null;
            }
            if (entry.low == low && entry.high == high && entry != GONE) {
                return (V) entry;
            }
        }
    }

    /** Adds an entry or replaces the one with the same key. */
    public synchronized void put(V entry) {
        if (2 * (used + 1) > slots.length()) {
            rebuild();
        }
        AtomicReferenceArray<Keyed> table = slots;
        int mask = table.length() - 1;
        int free = -1;
        for (int at = start(entry.high, entry.low, mask); ; at = at + 1 & mask) {
            Keyed there = table.getPlain(at);
            if (there == null) {
                if (free < 0) {
                    free = at;
                    used++;
                }
                break;
            } else if (there == GONE) {
                free = free < 0 ? at : free;
            } else if (there.low == entry.low && there.high == entry.high) {
                table.setRelease(at, entry);
                return;
            }
        }
        table.setRelease(free, entry);
        size++;
    }

    /** Adds an entry unless there is one with the same key; tells whether it was added. */
    public synchronized boolean putIfAbsent(V entry) {
        if (get(entry.high, entry.low) != null) {
            return false;
        }
        put(entry);
        return true;
    }

    /** Removes exactly this entry; does nothing where another one has taken its place. */
    public synchronized boolean remove(V entry) {
        AtomicReferenceArray<Keyed> table = slots;
        int mask = table.length() - 1;
        for (int at = start(entry.high, entry.low, mask); ; at = at + 1 & mask) {
            Keyed there = table.getPlain(at);
            if (there == null) {
                return false;
            }
            if (there == entry) {
                table.setRelease(at, GONE);
                size--;
                return true;
            }
        }
    }

    public int size() {
        return size;
    }

    /** Visits the entries that are there; what is added or removed meanwhile may or may not be among them. */
    @SuppressWarnings("unchecked")
    public void forEach(Consumer<? super V> visitor) {
        AtomicReferenceArray<Keyed> table = slots;
        for (int at = 0; at < table.length(); at++) {
            Keyed entry = table.getAcquire(at);
            if (entry != null && entry != GONE) {
                visitor.accept((V) entry);
            }
        }
    }

    /** Some entry, found from a random place on; {@code null} only where the table is empty. */
    @SuppressWarnings("unchecked")
    public V any(RandomGenerator random) {
        AtomicReferenceArray<Keyed> table = slots;
        int mask = table.length() - 1;
        int from = random.nextInt() & mask;
        for (int i = 0; i <= mask; i++) {
            Keyed entry = table.getAcquire(from + i & mask);
            if (entry != null && entry != GONE) {
                return (V) entry;
            }
        }
        return null;
    }

    private void rebuild() {
        AtomicReferenceArray<Keyed> old = slots;
        int wanted = FEWEST_SLOTS;
        while (wanted < 4 * (size + 1)) {
            wanted *= 2;
        }
        AtomicReferenceArray<Keyed> table = new AtomicReferenceArray<>(wanted);
        for (int i = 0; i < old.length(); i++) {
            Keyed entry = old.getPlain(i);
            if (entry != null && entry != GONE) {
                int at = start(entry.high, entry.low, wanted - 1);
                while (table.getPlain(at) != null) {
                    at = at + 1 & wanted - 1;
                }
                table.setPlain(at, entry);
            }
        }
        used = size;
        slots = table;
    }

    private int start(long high, long low, int mask) {
        long mixed = Fingerprints.mix(high ^ secret, low);
        return (int) (mixed >>> 32) & mask;
    }
}
