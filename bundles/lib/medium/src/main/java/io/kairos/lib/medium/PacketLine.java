package io.kairos.lib.medium;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Function;

/**
 * A line over a {@link PacketMedium}: opens it, reads it on the calling thread, writes it on a thread of its own, and lets a
 * bounded number of packets wait.
 */
public final class PacketLine implements Line {

    private final String name;
    private final PacketMedium.Opener opener;
    private final int longest;
    private final int mostWaiting;
    private final Function<IOException, Failure> explain;

    // ---- guarded by this ----
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private PacketMedium medium; // null until it is open
    private IOException broken; // why sending ended
    private boolean closed;

    /**
     * @param name of the interface, for the name of the writing thread
     * @param longest most bytes of a packet with its access code
     * @param mostWaiting most packets that wait to be sent
     * @param explain tells the operator why the medium is not there and what to do, without naming others
     */
    public PacketLine(
            String name,
            PacketMedium.Opener opener,
            int longest,
            int mostWaiting,
            Function<IOException, Failure> explain) {
        this.name = name;
        this.opener = opener;
        this.longest = longest;
        this.mostWaiting = mostWaiting;
        this.explain = explain;
    }

    @Override
    public void run(LineEvents events) throws InterruptedException {
        Thread writer = null;
        try (PacketMedium open = opener.open()) {
            writer = new Thread(() -> write(open), "kairos-" + name + "-write");
            writer.setDaemon(true);
            synchronized (this) {
                if (closed) {
                    return;
                }
                medium = open;
                writer.start();
            }
            events.up("its medium is open");
            read(open, events);
        } catch (IOException e) {
            Failure why = explain.apply(whyEnded(e));
            throw new MeshException(why.kind(), why.message(), why.remedy(), e);
        } finally {
            close();
            if (writer != null && writer.isAlive()) {
                writer.join();
            }
        }
    }

    private void read(PacketMedium open, LineEvents events) throws IOException {
        byte[] buffer = new byte[longest + 1];
        while (!isClosed()) {
            int length = open.receive(buffer);
            if (length < 1 || length > longest) {
                events.malformed(1);
            } else {
                events.packet(ByteBuffer.wrap(buffer, 0, length));
                events.endOfBurst();
            }
        }
    }

    private void write(PacketMedium open) {
        try {
            for (byte[] packet = take(); packet != null; packet = take()) {
                open.send(packet);
            }
        } catch (IOException e) {
            synchronized (this) {
                broken = e;
            }
            close(); // the reading thread notices
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized byte[] take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return closed ? null : waiting.poll();
    }

    private synchronized IOException whyEnded(IOException reading) {
        return broken == null ? reading : broken;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized boolean offer(ByteBuffer packet) {
        if (medium == null || closed || packet.remaining() > longest || waiting.size() == mostWaiting) {
            return false;
        }
        byte[] copy = new byte[packet.remaining()];
        packet.duplicate().get(copy);
        waiting.add(copy);
        notifyAll();
        return true;
    }

    @Override
    public void close() {
        PacketMedium open;
        synchronized (this) {
            closed = true;
            waiting.clear();
            open = medium;
            notifyAll();
        }
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // what matters is that the threads go, and they see that the line is closed
                synchronized (this) {
                    broken = broken == null ? e : broken;
                }
            }
        }
    }
}
