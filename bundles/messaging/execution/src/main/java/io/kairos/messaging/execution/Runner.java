package io.kairos.messaging.execution;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.files.RemoteCommands.Result;
import io.kairos.api.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of this machine: a few at a time, each for a bounded time and with bounded output, and ends them with all
 * their children. Threads: any that may block.
 */
final class Runner {

    private static final long DRAIN_MILLIS = 2_000;
    private static final Result NOT_STARTED =
            new Result(false, OptionalInt.empty(), new byte[0], new byte[0], 0, 0, Duration.ZERO);

    private final Path folder;
    private final Duration longest;
    private final int mostBytes;
    private final Semaphore free;
    private final Clock clock;

    /**
     * A runner.
     *
     * @param folder where programs start
     * @param longest how long a program may take at most
     * @param mostBytes how much of each output is kept at most
     * @param atOnce how many programs may run
     */
    Runner(Path folder, Duration longest, int mostBytes, int atOnce, Clock clock) {
        this.folder = folder;
        this.longest = longest;
        this.mostBytes = mostBytes;
        this.free = new Semaphore(atOnce);
        this.clock = clock;
    }

    /** Runs it and waits; never fails. */
    Result run(Asked asked) {
        if (!free.tryAcquire()) {
            return NOT_STARTED;
        }
        try {
            return runNow(asked);
        } catch (MalformedException | IOException e) {
            return NOT_STARTED; // the protocol has no word for the reason
        } finally {
            free.release();
        }
    }

    private Result runNow(Asked asked) throws IOException {
        List<String> words = CommandWords.of(asked.line());
        Duration allowed =
                asked.timeout().filter(wanted -> wanted.compareTo(longest) < 0).orElse(longest);
        long start = clock.nanos();
        Process process = new ProcessBuilder(words).directory(folder.toFile()).start();
        Collected output = new Collected(process.getInputStream(), most(asked.outputLimit()), "output");
        Collected error = new Collected(process.getErrorStream(), most(asked.errorLimit()), "error");
        Thread input = feed(process.getOutputStream(), asked.input().orElse(new byte[0]));
        boolean ended = false;
        try {
            ended = process.waitFor(allowed.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node stops
        } finally {
            end(process, ended);
            input.interrupt();
        }
        output.await();
        error.await();
        Duration took = Duration.ofNanos(clock.nanos() - start);
        return new Result(
                true,
                ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty(),
                output.bytes(),
                error.bytes(),
                output.total(),
                error.total(),
                took);
    }

    /** A program may leave children behind that hold its output open; they go with it. */
    private static void end(Process process, boolean ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        if (!ended) {
            process.destroyForcibly();
        }
    }

    private int most(OptionalInt wanted) {
        return Math.min(mostBytes, wanted.orElse(mostBytes));
    }

    private static Thread feed(OutputStream to, byte[] bytes) {
        Thread thread = new Thread(
                () -> {
                    try (to) {
                        to.write(bytes);
                    } catch (IOException e) {
                        return; // the program did not want it
                    }
                },
                "kairos-execution-input");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Reads an output to its end, so that the program is never held up, and keeps its beginning. */
    private static final class Collected {

        private final InputStream in;
        private final int most;
        private final Thread thread;

        // ---- guarded by this ----
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long total;

        Collected(InputStream in, int most, String name) {
            this.in = in;
            this.most = most;
            this.thread = new Thread(this::read, "kairos-execution-" + name);
            thread.setDaemon(true);
            thread.start();
        }

        private void read() {
            byte[] buffer = new byte[8_192];
            try (in) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    take(buffer, read);
                }
            } catch (IOException e) {
                return; // the program was ended; what came before counts
            }
        }

        private synchronized void take(byte[] buffer, int read) {
            total += read;
            kept.write(buffer, 0, Math.min(read, most - kept.size()));
        }

        void await() {
            try {
                thread.join(DRAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized byte[] bytes() {
            return kept.toByteArray();
        }

        synchronized long total() {
            return total;
        }
    }
}
