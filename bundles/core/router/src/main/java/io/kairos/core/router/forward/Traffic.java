package io.kairos.core.router.forward;

import io.kairos.core.router.path.Path;
import io.kairos.core.router.table.DuplicateList;
import io.kairos.core.router.table.KeyedTable;
import io.kairos.core.router.table.ReverseTable;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/** The tables that forwarding reads and writes. Threads: any. */
public final class Traffic {

    private final KeyedTable<LocalAddress> locals;
    private final KeyedTable<Path> paths;
    private final KeyedTable<TransitLink> links;
    private final LongAdder forwarded = new LongAdder();
    private volatile ReverseTable reverse;
    private volatile DuplicateList duplicates;

    public Traffic(int duplicateGeneration, int reverseLimit, RandomGenerator random) {
        locals = new KeyedTable<>(random);
        paths = new KeyedTable<>(random);
        links = new KeyedTable<>(random);
        reverse = new ReverseTable(reverseLimit, random);
        duplicates = new DuplicateList(duplicateGeneration, random);
    }

    public KeyedTable<LocalAddress> locals() {
        return locals;
    }

    public KeyedTable<Path> paths() {
        return paths;
    }

    public KeyedTable<TransitLink> links() {
        return links;
    }

    public ReverseTable reverse() {
        return reverse;
    }

    /** Goes on with another table, for example a stored one. */
    public void replaceReverse(ReverseTable other) {
        reverse = other;
    }

    public DuplicateList duplicates() {
        return duplicates;
    }

    /** Goes on with another list, for example a stored one. */
    public void replaceDuplicates(DuplicateList other) {
        duplicates = other;
    }

    /** Packets forwarded for others. */
    public LongAdder forwarded() {
        return forwarded;
    }
}
