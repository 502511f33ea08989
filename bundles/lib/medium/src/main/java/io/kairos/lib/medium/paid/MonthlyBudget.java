package io.kairos.lib.medium.paid;

import io.kairos.api.failure.MeshException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may still be spent this month of UTC, in bytes or credits. The account is kept in a book and survives restarts and power
 * cuts: it is written down as spent some time before it is, a block at a time, so that a node that dies has spent at
 * most one block less than it believes, never more.
 *
 * <pre>
 *  &lt;year-month&gt; &lt;units&gt;      for example  2026-01 123456
 * </pre>
 *
 * <p>A clock that goes back to an earlier month does not bring money back. Threads: any; only {@link #keep} and {@link
 * #close} touch the book, and one thread at a time calls them.
 */
public final class MonthlyBudget {

    /** Where an account is written down, for example a document in the node's store. May block. */
    public interface Book {

        /**
         * What was written last; empty where nothing was.
         *
         * @throws MeshException where it is there and cannot be read
         */
        Optional<String> read();

        /**
         * Writes in place of what was there, whole or not at all.
         *
         * @return false where that is not possible now; it is tried again with what is spent next
         * @throws MeshException where the disk refuses; logged, and tried again too
         */
        boolean write(String account);
    }

    /** A clock that shows less was never set: the month of such a node is none. */
    private static final YearMonth FIRST_MONTH = YearMonth.of(2025, 1);

    private static final Logger LOG = LoggerFactory.getLogger(MonthlyBudget.class);

    private final String name;
    private final Book book;
    private final long perMonth;
    private final long block;

    // ---- guarded by this ----
    private YearMonth month;
    private long spent;
    private long written;

    private MonthlyBudget(String name, Book book, long perMonth, long nowMillis) {
        this.name = name;
        this.book = book;
        this.perMonth = perMonth;
        this.block = Math.max(1, perMonth / 100);
        this.month = monthOf(nowMillis);
    }

    /**
     * Reads the account. May block.
     *
     * @param name of the interface, for the log
     * @param perMonth 0 means that nothing costs anything and nothing is written down
     * @throws MeshException where the book has it and cannot give it
     */
    public static MonthlyBudget load(String name, Book book, long perMonth, long nowMillis) {
        MonthlyBudget budget = new MonthlyBudget(name, book, perMonth, nowMillis);
        if (!budget.isFree()) {
            book.read().ifPresent(budget::read);
        }
        return budget;
    }

    /** Whether nothing costs anything. */
    public boolean isFree() {
        return perMonth == 0;
    }

    /** What is left this month; never negative. */
    public synchronized long remaining(long nowMillis) {
        turn(nowMillis);
        return isFree() ? Long.MAX_VALUE : Math.max(0, perMonth - spent);
    }

    /** The share that is left, 0 to 1. */
    public synchronized double remainingShare(long nowMillis) {
        return isFree() ? 1 : (double) remaining(nowMillis) / perMonth;
    }

    /** How it stands. */
    public synchronized Standing standing(long nowMillis) {
        turn(nowMillis);
        return new Standing(perMonth, spent, begin(month), begin(month.plusMonths(1)), Instant.ofEpochMilli(nowMillis));
    }

    /** Takes units, also more than there are: what has arrived costs whether it can be paid or not. */
    public synchronized void spend(long units, long nowMillis) {
        turn(nowMillis);
        spent += units;
    }

    /** Units per second that last until the end of the month. */
    public synchronized double affordablePerSecond(long nowMillis) {
        long seconds =
                Math.max(60, ChronoUnit.SECONDS.between(Instant.ofEpochMilli(nowMillis), begin(month.plusMonths(1))));
        return (double) remaining(nowMillis) / seconds;
    }

    /** Writes the account down where it has run ahead of the disk. May block. */
    public void keep() {
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
    public void close() {
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

    private synchronized void read(String kept) {
        String[] parts = kept.split(" ");
        try {
            YearMonth of = YearMonth.parse(parts[0]);
            if (parts.length == 2 && !of.isBefore(month)) {
                month = of;
                spent = Long.parseLong(parts[1]);
                written = spent;
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            LOG.warn("The account of interface {} cannot be read; this month begins anew", name);
        }
    }

    /** Where the disk refuses, the account goes on in memory and is tried again with what is spent next. */
    private boolean write(String text) {
        try {
            return book.write(text);
        } catch (MeshException refused) {
            LOG.warn("The account of interface {} could not be kept: {}", name, refused.getMessage());
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
