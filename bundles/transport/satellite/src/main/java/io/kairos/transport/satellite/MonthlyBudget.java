package io.kairos.transport.satellite;

import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may still be spent this month, in bytes or credits. The account is kept in the node's store and survives restarts and
 * power cuts: it is written down as spent some time before it is, a block at a time, so that a node that dies has spent at
 * most one block less than it believes, never more.
 *
 * <pre>
 *  document  satellite/&lt;interface&gt;      text  &lt;year-month&gt; &lt;units&gt;      for example  2026-01 123456
 * </pre>
 *
 * <p>A clock that goes back to an earlier month does not bring money back. Threads: any; only {@link #keep} and {@link
 * #close} touch the disk.
 */
final class MonthlyBudget {

    /** A clock that shows less was never set: the month of such a node is none. */
    private static final YearMonth FIRST_MONTH = YearMonth.of(2025, 1);

    private static final Logger LOG = LoggerFactory.getLogger(MonthlyBudget.class);

    private final Supplier<Optional<Store>> store;
    private final String document;
    private final long perMonth;
    private final long block;

    // ---- guarded by this ----
    private YearMonth month;
    private long spent;
    private long written;

    private MonthlyBudget(Supplier<Optional<Store>> store, String document, long perMonth, long nowMillis) {
        this.store = store;
        this.document = document;
        this.perMonth = perMonth;
        this.block = Math.max(1, perMonth / 100);
        this.month = monthOf(nowMillis);
    }

    /**
     * Reads the account.
     *
     * @param perMonth 0 means that nothing costs anything and nothing is written down
     * @throws MeshException where the store has it and cannot give it
     */
    static MonthlyBudget load(Supplier<Optional<Store>> store, String document, long perMonth, long nowMillis) {
        MonthlyBudget budget = new MonthlyBudget(store, document, perMonth, nowMillis);
        if (!budget.isFree()) {
            store.get().flatMap(present -> present.read(document)).ifPresent(budget::read);
        }
        return budget;
    }

    boolean isFree() {
        return perMonth == 0;
    }

    /** What is left this month; never negative. */
    synchronized long remaining(long nowMillis) {
        turn(nowMillis);
        return isFree() ? Long.MAX_VALUE : Math.max(0, perMonth - spent);
    }

    /** The share that is left, 0 to 1. */
    synchronized double remainingShare(long nowMillis) {
        return isFree() ? 1 : (double) remaining(nowMillis) / perMonth;
    }

    /** How it stands. */
    synchronized Standing standing(long nowMillis) {
        turn(nowMillis);
        return new Standing(perMonth, spent, begin(month), begin(month.plusMonths(1)), Instant.ofEpochMilli(nowMillis));
    }

    /** Takes units, also more than there are: what has arrived costs whether it can be paid or not. */
    synchronized void spend(long units, long nowMillis) {
        turn(nowMillis);
        spent += units;
    }

    /** Units per second that last until the end of the month. */
    synchronized double affordablePerSecond(long nowMillis) {
        long seconds =
                Math.max(60, ChronoUnit.SECONDS.between(Instant.ofEpochMilli(nowMillis), begin(month.plusMonths(1))));
        return (double) remaining(nowMillis) / seconds;
    }

    /** Writes the account down where it has run ahead of the disk. May block. */
    void keep() {
        long ahead;
        String text;
        synchronized (this) {
            if (isFree() || spent <= written - block / 2 && written > 0) {
                return;
            }
            ahead = spent + block;
            text = month + " " + ahead;
        }
        if (write(text)) {
            synchronized (this) {
                written = ahead;
            }
        }
    }

    /** Writes down what was really spent; for a node that ends in peace. May block. */
    void close() {
        String text;
        synchronized (this) {
            if (isFree() || written == spent) {
                return;
            }
            text = month + " " + spent;
        }
        write(text);
    }

    private synchronized void turn(long nowMillis) {
        YearMonth now = monthOf(nowMillis);
        if (now.isAfter(month) && !now.isBefore(FIRST_MONTH)) {
            month = now;
            spent = 0;
            written = 0;
        }
    }

    private synchronized void read(byte[] kept) {
        String[] parts = new String(kept, StandardCharsets.US_ASCII).split(" ");
        try {
            YearMonth of = YearMonth.parse(parts[0]);
            if (parts.length == 2 && !of.isBefore(month)) {
                month = of;
                spent = Long.parseLong(parts[1]);
                written = spent;
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            LOG.warn("The account {} cannot be read; this month begins anew", document);
        }
    }

    /** Where the disk refuses, the account goes on in memory and is tried again with what is spent next. */
    private boolean write(String text) {
        try {
            Optional<Store> present = store.get();
            present.ifPresent(now -> now.write(document, text.getBytes(StandardCharsets.US_ASCII)));
            return present.isPresent();
        } catch (MeshException refused) {
            LOG.warn("The account {} could not be kept: {}", document, refused.getMessage());
            return false;
        }
    }

    private static Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static YearMonth monthOf(long millis) {
        return YearMonth.from(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
    }
}
