package io.kairos.core.router.table;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Remembers for each forwarded packet where it came from, so that its proof finds the way back
 * (docs/protocol/transport.md, reverse table).
 *
 * <p>An entry is two longs: the fingerprint of the truncated packet hash, mixed with a secret, and both interfaces with
 * the time. Entries stand in segments, each twice as large as the one before; a segment goes when all of it is older than
 * {@value #LIFETIME_SECONDS} s, and the oldest goes early when there are too many. Look-ups visit every segment, but they
 * only happen for proofs.
 *
 * <p>Threads: any, without locks on {@link #put} and {@link #take}; only changing segments takes turns.
 */
public final class ReverseTable {

    /** How long a proof may take. */
    public static final int LIFETIME_SECONDS = 480;

    /** Interfaces are numbered below this. */
    public static final int INTERFACES = 1 << 20;

    private static final int FEWEST_ENTRIES = 512;
    private static final int TIME_MASK = 0xff_ffff;
    private static final long NONE = -1;

    private final int entryLimit;
    private final int largestSegment; // a power of two, as all segments are
    private final long secret0;
    private final long secret1;
    private volatile Segment[] segments = {new Segment(FEWEST_ENTRIES)}; // newest first

    /** @param entryLimit about how many entries are kept at most */
    public ReverseTable(int entryLimit, RandomGenerator random) {
        this(entryLimit, random.nextLong(), random.nextLong());
    }

    private ReverseTable(int entryLimit, long secret0, long secret1) {
        this.entryLimit = entryLimit;
        this.largestSegment = Integer.highestOneBit(Math.max(FEWEST_ENTRIES, entryLimit / 4));
        this.secret0 = secret0;
        this.secret1 = secret1;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * <pre>
     *  long, long   the secrets of the fingerprints
     *  entries      byte 1, long fingerprint, int from, int to, short age in seconds; oldest first
     *  byte 0       the end
     * </pre>
     *
     * @param number the number that an interface has now by the one it was written with; negative where it is not there,
     *     then its entries are left out
     * @param nowSeconds time of the router
     * @param sinceSeconds how long ago it was written
     */
    public static ReverseTable read(
            DataInputStream in, int entryLimit, IntUnaryOperator number, long nowSeconds, long sinceSeconds)
            throws IOException {
        ReverseTable table = new ReverseTable(entryLimit, in.readLong(), in.readLong());
        while (in.readByte() != 0) {
            long print = in.readLong();
            int from = number.applyAsInt(in.readInt());
            int to = number.applyAsInt(in.readInt());
            long age = in.readUnsignedShort() + Math.max(0, sinceSeconds);
            if (from >= 0 && to >= 0 && age <= LIFETIME_SECONDS && print != 0) {
                table.note(print, from, to, nowSeconds - age);
            }
        }
        return table;
    }

    /** Writes what is not too old, see {@link #read}; {@code number} tells how an interface is written. */
    public void write(DataOutputStream out, IntUnaryOperator number, long nowSeconds) throws IOException {
        out.writeLong(secret0);
        out.writeLong(secret1);
        Segment[] all = segments;
        for (int i = all.length - 1; i >= 0; i--) {
            AtomicLongArray slots = all[i].slots;
            for (int at = 0; at < slots.length(); at += 2) {
                long value = slots.getAcquire(at + 1);
                int age = (int) (nowSeconds - value) & TIME_MASK;
                int from = value == 0 ? -1 : number.applyAsInt(from(value));
                int to = value == 0 ? -1 : number.applyAsInt(to(value));
                if (from >= 0 && to >= 0 && age <= LIFETIME_SECONDS) {
                    out.writeByte(1);
                    out.writeLong(slots.getAcquire(at));
                    out.writeInt(from);
                    out.writeInt(to);
                    out.writeShort(age);
                }
            }
        }
        out.writeByte(0);
    }

    /**
     * Notes a packet.
     *
     * @param hash its hash; the first 16 bytes count
     * @param from number of the interface it came from
     * @param to number of the interface it left by
     * @param nowSeconds time of the router
     */
    public void put(byte[] hash, int from, int to, long nowSeconds) {
        note(print(hash, 0), from, to, nowSeconds);
    }

    private void note(long print, int from, int to, long nowSeconds) {
        Segment into = segments[0];
        if (into.lastSeconds != nowSeconds) {
            into.lastSeconds = nowSeconds;
        }
        if (!into.put(print, pack(from, to, nowSeconds))) {
            extend(into);
            segments[0].put(print, pack(from, to, nowSeconds));
        }
    }

    /**
     * Uses up the entry of a packet.
     *
     * @return what {@link #from} and {@link #to} understand, or -1 where there is none or it is too old
     */
    public long take(byte[] truncatedHash, int offset, long nowSeconds) {
        long print = print(truncatedHash, offset);
        for (Segment segment : segments) {
            long value = segment.take(print);
            if (value != 0) {
                int age = (int) (nowSeconds - value) & TIME_MASK;
                return age > LIFETIME_SECONDS ? NONE : value;
            }
        }
        return NONE;
    }

    /** The entry of a packet as it stands, also when its time is over; -1 where there is none. For displays. */
    public long peek(byte[] truncatedHash, int offset) {
        long print = print(truncatedHash, offset);
        for (Segment segment : segments) {
            long value = segment.get(print);
            if (value != 0) {
                return value;
            }
        }
        return NONE;
    }

    /** Interface the packet came from. */
    public static int from(long entry) {
        return (int) (entry >>> 44);
    }

    /** Interface the packet left by. */
    public static int to(long entry) {
        return (int) (entry >>> 24) & INTERFACES - 1;
    }

    /** Frees what is too old. */
    public synchronized void cull(long nowSeconds) {
        List<Segment> kept = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.taken.get() == 0 || nowSeconds - segment.lastSeconds <= LIFETIME_SECONDS) {
                kept.add(segment);
            }
        }
        if (kept.isEmpty()) {
            kept.add(new Segment(FEWEST_ENTRIES));
        }
        segments = kept.toArray(Segment[]::new);
    }

    /** How many entries were noted and may still be there. */
    public int size() {
        int size = 0;
        for (Segment segment : segments) {
            size += segment.taken.get();
        }
        return size;
    }

    private synchronized void extend(Segment full) {
        if (segments[0] != full) {
            return; // another thread was faster
        }
        List<Segment> next = new ArrayList<>();
        next.add(new Segment(Math.min(2 * full.limit, largestSegment)));
        int total = next.get(0).limit;
        for (Segment segment : segments) {
            total += segment.limit;
            if (total <= entryLimit) {
                next.add(segment);
            }
        }
        segments = next.toArray(Segment[]::new);
    }

    private long print(byte[] hash, int offset) {
        long print = Fingerprints.mix(
                Fingerprints.longAt(hash, offset) ^ secret0, Fingerprints.longAt(hash, offset + 8) ^ secret1);
        return print == 0 ? 1 : print;
    }

    /** 20 bits from, 20 bits to, 24 bits time. The time is never 0, so that no entry looks like an empty one. */
    private static long pack(int from, int to, long nowSeconds) {
        long time = nowSeconds & TIME_MASK;
        return (long) from << 44 | (long) to << 24 | (time == 0 ? 1 : time);
    }

    private static final class Segment {

        private final int limit;
        private final AtomicLongArray slots; // pairs of fingerprint and value; value 0: used up or not yet written
        private final AtomicInteger taken = new AtomicInteger();
        private volatile long lastSeconds;

        Segment(int limit) {
            this.limit = limit;
            this.slots = new AtomicLongArray(4 * limit);
        }

        boolean put(long print, long value) {
            if (taken.get() >= limit) {
                return false;
            }
            int mask = slots.length() / 2 - 1;
            int at = (int) (print >>> 32) & mask;
            while (true) {
                long there = slots.getAcquire(2 * at);
                if (there == 0 && slots.compareAndSet(2 * at, 0, print)) {
                    taken.incrementAndGet();
                    there = print;
                } else if (there == 0) {
                    there = slots.getAcquire(2 * at);
                }
                if (there == print) {
                    slots.setRelease(2 * at + 1, value);
                    return true;
                }
                at = at + 1 & mask;
            }
        }

        long take(long print) {
            int value = valueAt(print);
            return value < 0 ? 0 : slots.getAndSet(value, 0);
        }

        long get(long print) {
            int value = valueAt(print);
            return value < 0 ? 0 : slots.getAcquire(value);
        }

        /** Index of the value of a fingerprint, or -1. */
        private int valueAt(long print) {
            int mask = slots.length() / 2 - 1;
            int at = (int) (print >>> 32) & mask;
            while (true) {
                long there = slots.getAcquire(2 * at);
                if (there == print) {
                    return 2 * at + 1;
                }
                if (there == 0) {
                    return -1;
                }
                at = at + 1 & mask;
            }
        }
    }
}
