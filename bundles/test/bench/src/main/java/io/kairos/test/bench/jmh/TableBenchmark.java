package io.kairos.test.bench.jmh;

import io.kairos.core.router.table.DuplicateList;
import io.kairos.core.router.table.Keyed;
import io.kairos.core.router.table.KeyedTable;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the tables cost that every forwarded packet asks, at growing sizes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TableBenchmark {

    @Param({"1000", "100000", "1000000"})
    private int entries;

    private final SplittableRandom random = new SplittableRandom(1);
    private final DuplicateList duplicates = new DuplicateList(500_000, random);
    private final ByteBuffer hash = ByteBuffer.allocate(32);
    private KeyedTable<Entry> table;
    private Entry[] known;
    private int next;

    private static final class Entry extends Keyed {

        Entry(long high, long low) {
            super(high, low);
        }
    }

    /** A table with so many entries, asked for in another order than that of their making. */
    @Setup
    public void setUp() {
        table = new KeyedTable<>(random);
        known = new Entry[entries];
        for (int i = 0; i < entries; i++) {
            known[i] = new Entry(random.nextLong(), random.nextLong());
            table.put(known[i]);
            hash.putLong(0, random.nextLong()).putLong(8, random.nextLong());
            duplicates.add(hash.array(), 0);
        }
    }

    /** A path looked up that is there. */
    @Benchmark
    public Object find() {
        Entry wanted = known[next];
        next = (int) ((next + 7_919L) % entries);
        return table.get(wanted.high(), wanted.low());
    }

    /** A path looked up that is not there. */
    @Benchmark
    public Object miss() {
        return table.get(random.nextLong(), random.nextLong());
    }

    /** A packet that was never seen before. */
    @Benchmark
    public boolean seen() {
        hash.putLong(0, random.nextLong()).putLong(8, random.nextLong());
        return duplicates.add(hash.array(), 0);
    }
}
