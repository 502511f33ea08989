package io.kairos.transport.pipe;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of the operator's program: the process, everything it has started, and its three streams. */
final class Program implements AutoCloseable {

    private static final Set<String> USUAL = Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");
    private static final long PATIENCE_MILLIS = 300;

    private final Process process;

    /**
     * Starts it.
     *
     * @throws IOException where there is no such program or folder, or it may not be run
     */
    Program(PipeSettings.Line line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line.command());
        Map<String, String> environment = builder.environment();
        if (!line.inheritsEnvironment()) {
            environment.keySet().retainAll(USUAL);
        }
        environment.putAll(line.environment());
        if (!line.folder().isEmpty()) {
            builder.directory(new File(line.folder()));
        }
        process = builder.start();
    }

    /** What it writes to its standard output. */
    InputStream output() {
        return process.getInputStream();
    }

    /** What it writes to its standard error. */
    InputStream errors() {
        return process.getErrorStream();
    }

    /** Writes all of it; waits while the program does not read. */
    void write(ByteBuffer frames) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(frames.array(), frames.arrayOffset() + frames.position(), frames.remaining());
        in.flush();
    }

    /** Its exit status, or -1 where it has only closed its output and still runs. */
    int status() {
        try {
            return process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Ends the program and what it has started: first as a terminal would, then without asking. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .collect(Collectors.toList());
        all.forEach(ProcessHandle::destroy);
        status();
        all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
        status();
    }
}
