package org.example.satellite;

import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes that may still be spent this month. The account is kept in the node's store and survives restarts and power cuts:
 * bytes are written down as spent some time before they are, a block at a time, so that a node that dies has spent at most
 * one block less than it believes, never more.
 *
 * <pre>
 *  document  satellite/&lt;interface&gt;      text  &lt;year-month&gt; &lt;bytes&gt;      for example  2026-01 123456
 * </pre>
 *
 * <p>A clock that goes back to an earlier month does not bring money back. Threads: any; the disk is written elsewhere.
 */
final class MonthlyBudget {

    private static final Logger LOG = LoggerFactory.getLogger(MonthlyBudget.class);

    private static final long SMALLEST_BLOCK = 1_000;

    private final Store store;
    private final String document;
    private final long bytesPerMonth;
    private final long block;
    private final Executor disk;

    // ---- guarded by this ----
    private YearMonth month;
    private long spent;
    private long written;

    /**
     * Reads the account.
     *
     * @param bytesPerMonth 0 means that bytes cost nothing and nothing is written down
     * @param disk where writing may take its time, one after the other
     */
    MonthlyBudget(Store store, String name, long bytesPerMonth, Executor disk, long nowMillis) {
        this.disk = disk;
        this.store = store;
        this.document = "satellite/" + name;
        this.bytesPerMonth = bytesPerMonth;
        this.block = Math.max(SMALLEST_BLOCK, bytesPerMonth / 100);
        this.month = monthOf(nowMillis);
        if (!isFree()) {
            load();
        }
    }

    boolean isFree() {
        return bytesPerMonth == 0;
    }

    /** What is left this month; never negative. */
    synchronized long remaining(long nowMillis) {
        turn(nowMillis);
        return isFree() ? Long.MAX_VALUE : Math.max(0, bytesPerMonth - spent);
    }

    /** The share that is left, 0 to 1. */
    synchronized double remainingShare(long nowMillis) {
        return isFree() ? 1 : (double) remaining(nowMillis) / bytesPerMonth;
    }

    /** Takes bytes, also more than there are: what has arrived costs whether it can be paid or not. */
    synchronized void spend(long bytes, long nowMillis) {
        turn(nowMillis);
        spent += bytes;
        if (!isFree() && spent > written - block / 2) {
            write(spent + block);
        }
    }

    /** Writes down what was really spent; for a node that ends in peace. */
    synchronized void close() {
        if (!isFree() && written != spent) {
            write(spent);
        }
    }

    /** Bytes per second that last until the end of the month. */
    synchronized double affordableBytesPerSecond(long nowMillis) {
        long end = month.plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
        long seconds =
                Math.max(60, ChronoUnit.SECONDS.between(Instant.ofEpochMilli(nowMillis), Instant.ofEpochMilli(end)));
        return (double) remaining(nowMillis) / seconds;
    }

    private void turn(long nowMillis) {
        YearMonth now = monthOf(nowMillis);
        if (now.isAfter(month)) {
            month = now;
            spent = 0;
            written = 0;
        }
    }

    private void load() {
        Optional<byte[]> kept = store.read(document);
        String[] parts = kept.map(bytes -> new String(bytes, StandardCharsets.US_ASCII).split(" "))
                .orElse(new String[0]);
        if (parts.length != 2) {
            return;
        }
        YearMonth of = YearMonth.parse(parts[0]);
        if (!of.isBefore(month)) {
            month = of;
            spent = Long.parseLong(parts[1]);
            written = spent;
        }
    }

    /** Where the disk refuses, the account goes on in memory and is tried again with the next block. */
    private void write(long bytes) {
        written = bytes;
        byte[] text = (month + " " + bytes).getBytes(StandardCharsets.US_ASCII);
        disk.execute(() -> {
            try {
                store.write(document, text);
            } catch (MeshException refused) {
                LOG.warn("The budget of {} could not be kept: {}", document, refused.getMessage());
            }
        });
    }

    private static YearMonth monthOf(long millis) {
        return YearMonth.from(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
    }
}
