package io.kairos.admin.shell.files;

import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Units;
import io.kairos.api.files.FileTransfer;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Shows how a transfer goes until it is over. An interruption cancels it. */
final class TransferView {

    private static final Duration PACE = Duration.ofMillis(500);
    private static final long LINE_EVERY = 5_000_000_000L;

    private final Clock clock;
    private final Patience patience;
    private final PrintStream out;
    private final PrintStream console;
    private final boolean terminal;

    /**
     * @param console what stands behind {@code out} and does not hear of its being flushed
     * @param terminal whether a line may be written over; otherwise there is a line every five seconds
     */
    TransferView(Clock clock, Patience patience, PrintStream out, PrintStream console, boolean terminal) {
        this.clock = clock;
        this.patience = patience;
        this.out = out;
        this.console = console;
        this.terminal = terminal;
    }

    /** Waits; throws what made the transfer fail. */
    void watch(FileTransfer transfer, boolean silent) throws InterruptedException {
        CompletableFuture<Void> outcome = transfer.outcome().toCompletableFuture();
        long start = clock.nanos();
        long shown = start;
        RecentRate rate = new RecentRate();
        try {
            while (!patience.until(outcome::isDone, PACE)) {
                long now = clock.nanos();
                rate.at(now, transfer.bytes());
                if (!silent && (terminal || now - shown >= LINE_EVERY)) {
                    show(line(transfer, rate.bytesPerSecond()));
                    shown = now;
                }
            }
        } catch (InterruptedException e) {
            transfer.cancel();
            throw e;
        }
        end(transfer, silent, clock.nanos() - start, outcome);
    }

    private void end(FileTransfer transfer, boolean silent, long nanos, CompletableFuture<Void> outcome) {
        if (terminal && !silent) {
            out.print("\r\u001b[K");
        }
        try {
            outcome.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
        if (!silent) {
            long carried = transfer.size() - transfer.resumedAt();
            out.println("%s in %s, %s%s%s"
                    .formatted(
                            Units.bytes(transfer.size()),
                            Units.shortTime(Duration.ofNanos(nanos)),
                            Units.byteRate(carried * 1e9 / Math.max(1, nanos)),
                            transfer.resumedAt() > 0
                                    ? ", the first " + Units.bytes(transfer.resumedAt()) + " were there already"
                                    : "",
                            transfer.interruptions() > 0
                                    ? ", taken up again " + Units.count(transfer.interruptions(), "time")
                                    : ""));
        }
    }

    private void show(String line) {
        if (terminal) {
            out.print("\r\u001b[K" + line);
        } else {
            out.println(line);
        }
        out.flush();
        console.flush();
    }

    /**
     * One line: how much has been acknowledged, how fast, how long still.
     *
     * @param rate bytes in a second lately
     */
    static String line(FileTransfer transfer, double rate) {
        return switch (transfer.phase()) {
            case CONNECTING ->
                transfer.interruptions() > 0 ? "The link broke; finding the way again …" : "Finding the way …";
            case ASKING -> "Waiting for the other end …";
            case TRANSFERRING -> {
                long size = transfer.size();
                long bytes = Math.min(size, transfer.bytes());
                String left = rate > 0
                        ? ", " + Units.duration(Duration.ofSeconds((long) ((size - bytes) / rate))) + " to go"
                        : "";
                yield "%d %%, %s of %s, %s%s"
                        .formatted(
                                size == 0 ? 0 : 100 * bytes / size,
                                Units.bytes(bytes),
                                Units.bytes(size),
                                Units.byteRate(rate),
                                left);
            }
            case DONE -> "Done";
            case FAILED -> "Failed";
        };
    }
}
