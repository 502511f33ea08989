package io.kairos.core.router.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/**
 * Remembers which packets were seen (docs/protocol/transport.md, duplicate list): two generations, of which the older is
 * forgotten when the younger is full.
 *
 * <p>Of each packet hash 64 bits are kept, mixed with a secret of this list: a chance hit among a million entries happens
 * once in 10<sup>13</sup> packets, and nobody outside can aim for one. A generation starts with 32 kB and grows by
 * copying up to 8 MB at 500,000 entries.
 *
 * <p>Threads: any, without locks on {@link #add}; only growing and changing generations take turns. While a generation is
 * being copied its writers write to both, so nothing that was added gets lost; in that moment two threads that add the
 * same hash may both be told that it was new.
 */
public final class DuplicateList {

    private static final int FEWEST_SLOTS = 4096;
    private static final long FREE = 0;
    private static final long REMOVED = 1;

    /** Entries are counted by one in sixteen, chosen by their own random bits: one contended write less per packet. */
    private static final int SAMPLE = 16;

    private final int generationLimit;
    private final long secret0;
    private final long secret1;
    private volatile Generation current = new Generation(FEWEST_SLOTS);
    private volatile Generation previous = new Generation(FEWEST_SLOTS);

    /** @param generationLimit entries after which a new generation starts */
    public DuplicateList(int generationLimit, RandomGenerator random) {
        this(generationLimit, random.nextLong(), random.nextLong());
    }

    private DuplicateList(int generationLimit, long secret0, long secret1) {
        this.generationLimit = generationLimit;
        this.secret0 = secret0;
        this.secret1 = secret1;
    }

    /** Adds the hash of 16 or more bytes at {@code offset}; false where it was known. */
    public boolean add(byte[] hash, int offset) {
        long print = print(hash, offset);
        if (previous.contains(print)) {
            return false;
        }
        Generation into = current;
        boolean added = into.add(print);
        Generation next = into.next;
        if (next != null) {
            next.add(print);
        }
        if (added && into.isFull()) {
            grow(into);
        }
        return added;
    }

    public boolean contains(byte[] hash, int offset) {
        long print = print(hash, offset);
        return current.contains(print) || previous.contains(print);
    }

    /** Forgets a hash, so that the same packet may arrive again. */
    public void remove(byte[] hash, int offset) {
        long print = print(hash, offset);
        Generation from = current;
        from.remove(print);
        if (from.next != null) {
            from.next.remove(print);
        }
    }

    /** About how many hashes are remembered. */
    public int size() {
        return current.count.get() + previous.count.get();
    }

    /** Writes secret and hashes of the current generation; readable by {@link #read}. */
    public void write(DataOutput out) throws IOException {
        AtomicLongArray slots = current.slots;
        long[] prints = new long[slots.length()];
        int count = 0;
        for (int i = 0; i < slots.length(); i++) {
            long print = slots.get(i);
            if (print != FREE && print != REMOVED) {
                prints[count++] = print;
            }
        }
        out.writeLong(secret0);
        out.writeLong(secret1);
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeLong(prints[i]);
        }
    }

    /** Reads what {@link #write} wrote, at most one generation of it. */
    public static DuplicateList read(DataInput in, int generationLimit) throws IOException {
        DuplicateList list = new DuplicateList(generationLimit, in.readLong(), in.readLong());
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            long print = in.readLong();
            Generation into = list.current;
            if (i < generationLimit && into.add(print) && into.isFull()) {
                list.grow(into);
            }
        }
        return list;
    }

    private synchronized void grow(Generation full) {
        if (full != current) {
            return; // another thread was faster
        }
        if (full.count.get() >= generationLimit) {
            previous = full;
            current = new Generation(FEWEST_SLOTS);
            return;
        }
        Generation larger = new Generation(2 * full.slots.length());
        full.next = larger; // from here on every writer that still uses the full one writes to both
        for (int i = 0; i < full.slots.length(); i++) {
            long print = full.slots.get(i);
            if (print != FREE && print != REMOVED) {
                larger.add(print);
            }
        }
        current = larger;
    }

    private long print(byte[] hash, int offset) {
        long print = Fingerprints.mix(
                Fingerprints.longAt(hash, offset) ^ secret0, Fingerprints.longAt(hash, offset + 8) ^ secret1);
        return print == FREE || print == REMOVED ? print + 2 : print;
    }

    /** One set of fingerprints; at most half of its slots are used. */
    private final class Generation {

        private final AtomicLongArray slots;
        private final AtomicInteger count = new AtomicInteger();
        private volatile Generation next;

        Generation(int slots) {
            this.slots = new AtomicLongArray(slots);
        }

        boolean isFull() {
            int counted = count.get();
            return counted >= generationLimit || 2 * counted >= slots.length();
        }

        boolean contains(long print) {
            int mask = slots.length() - 1;
            int at = (int) (print >>> 32) & mask;
            for (int i = 0; i <= mask; i++) {
                long there = slots.getAcquire(at);
                if (there == print) {
                    return true;
                }
                if (there == FREE) {
                    return false;
                }
                at = at + 1 & mask;
            }
            return false;
        }

        boolean add(long print) {
            int mask = slots.length() - 1;
            int at = (int) (print >>> 32) & mask;
            for (int i = 0; i <= mask; i++) {
                long there = slots.getAcquire(at);
                if (there == FREE) {
                    if (slots.compareAndSet(at, FREE, print)) {
                        if ((print & SAMPLE - 1) == 0) {
                            count.addAndGet(SAMPLE);
                        }
                        return true;
                    }
                    there = slots.getAcquire(at);
                }
                if (there == print) {
                    return false;
                }
                at = at + 1 & mask;
            }
            return true; // no slot left, which the count prevents; rather a repeat than a lost packet
        }

        void remove(long print) {
            int mask = slots.length() - 1;
            int at = (int) (print >>> 32) & mask;
            for (int i = 0; i <= mask; i++) {
                long there = slots.getAcquire(at);
                if (there == FREE) {
                    return;
                }
                if (there == print) {
                    slots.compareAndSet(at, print, REMOVED);
                    return;
                }
                at = at + 1 & mask;
            }
        }
    }
}
