package io.kairos.transport.pipe;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.framing.FrameSink;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.framing.HdlcStreamDecoder;
import io.kairos.lib.medium.FrameQueue;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the program, reads it until it ends, and says why it did. Three threads: the one that calls {@link #run} reads
 * packets, one writes them, one reads what the program complains about.
 *
 * <p>Reticulum's own interface reads with a decoder that a single stray flag turns inside out for good. Here a flag ends
 * one frame and may begin the next, which reads the same frames and recovers from anything.
 */
final class ProgramRun implements Line {

    private static final Logger LOG = LoggerFactory.getLogger(ProgramRun.class);

    private final PipeSettings.Line line;
    private final IntSupplier mostQueuedBytes;
    private final FrameQueue queue = new FrameQueue(Hdlc::encode);

    // ---- guarded by this ----
    private Program program;
    private boolean closed;

    /** @param mostQueuedBytes most bytes that wait for the program, asked for each packet */
    ProgramRun(PipeSettings.Line line, IntSupplier mostQueuedBytes) {
        this.line = line;
        this.mostQueuedBytes = mostQueuedBytes;
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return packet.remaining() <= line.longest()
                && queue.offer(packet, Hdlc.maximumFrameBytes(packet.remaining()), mostQueuedBytes.getAsInt());
    }

    /** Runs the program once. */
    @Override
    public void run(LineEvents events) {
        try (Program started = new Program(line)) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                program = started;
            }
            thread("write", () -> write(started));
            thread("errors", () -> complain(started));
            events.up("its program runs");
            read(started.output(), events);
            throw ended(started.status());
        } catch (IOException e) {
            throw notStarted(e);
        } finally {
            queue.close();
        }
    }

    /** Ends the program and with it the threads. */
    @Override
    public void close() {
        Program last;
        synchronized (this) {
            closed = true;
            last = program;
        }
        queue.close();
        if (last != null) {
            last.close();
        }
    }

    private void read(InputStream output, LineEvents events) {
        HdlcStreamDecoder decoder = new HdlcStreamDecoder(1, line.longest());
        FrameSink packets = events::packet;
        byte[] buffer = new byte[8_192];
        long malformed = 0;
        try {
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                decoder.feed(ByteBuffer.wrap(buffer, 0, count), packets);
                events.endOfBurst();
                long now = decoder.malformedFrames();
                if (now != malformed) {
                    events.malformed(now - malformed);
                    malformed = now;
                }
            }
        } catch (IOException e) {
            LOG.debug("Interface {}: reading ended: {}", line.name(), e.toString());
        }
    }

    private void write(Program started) {
        try {
            for (ByteBuffer frames = queue.take(); frames != null; frames = queue.take()) {
                started.write(frames);
            }
        } catch (IOException e) {
            LOG.debug("Interface {}: the program reads no more: {}", line.name(), e.toString());
            started.close(); // one without ears is of no use; the reading thread sees its end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complain(Program started) {
        try {
            ErrorLines.read(
                    started.errors(), text -> LOG.debug("Interface {}: its program says: {}", line.name(), text));
        } catch (IOException e) {
            LOG.debug("Interface {}: the program's errors ended: {}", line.name(), e.toString());
        }
    }

    private void thread(String job, Runnable task) {
        Thread thread = new Thread(task, "kairos-pipe-" + line.name() + "-" + job);
        thread.setDaemon(true);
        thread.start();
    }

    private MeshException ended(int status) {
        return new MeshException(
                Failure.Kind.PEER,
                status < 0
                        ? "The program %s has closed its output".formatted(line.program())
                        : "The program %s ended with status %d".formatted(line.program(), status),
                "It is started again by itself. Run it by hand to see what it says, or set the log level of"
                        + " io.kairos.transport.pipe to DEBUG.");
    }

    private MeshException notStarted(IOException e) {
        String message = String.valueOf(e.getMessage());
        int reason = message.lastIndexOf("error=");
        boolean isFolder = !line.folder().isEmpty() && !new File(line.folder()).isDirectory();
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                isFolder
                        ? "working.folder is not a folder that the node can read"
                        : "The program %s could not be started: %s"
                                .formatted(line.program(), reason < 0 ? "unknown reason" : message.substring(reason)),
                "Correct command or working.folder; the file must exist and be executable for the node's user.");
    }
}
