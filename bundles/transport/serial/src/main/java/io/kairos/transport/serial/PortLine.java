package io.kairos.transport.serial;

import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Timers;
import io.kairos.lib.framing.FrameDecoder;
import io.kairos.lib.framing.FrameSink;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.serial.Arrivals;
import io.kairos.lib.serial.SerialPort;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** One opening of a port. Two threads: the one that calls {@link #run} reads packets, one writes them. */
final class PortLine implements Line {

    private static final int READ_BYTES = 2_048;
    private static final long MOST_TO_END_MILLIS = 500;

    private final String kind;
    private final PortSettings.Line line;
    private final IntSupplier mostQueuedBytes;
    private final Arrivals arrivals;
    private final boolean hasFlowControl;
    private final SendQueue queue;
    private final ReadyTimer flowControl;
    private final Framing framing;
    private final Optional<Beacon> beacon;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile boolean isUp;

    /** Why writing has ended. */
    private volatile MeshException broken;

    // ---- guarded by this ----
    private SerialPort port;

    /** @param mostQueuedBytes most bytes that wait for the port, asked for each packet */
    PortLine(String kind, PortSettings.Line line, IntSupplier mostQueuedBytes, Timers timers, Arrivals arrivals) {
        this.kind = kind;
        this.line = line;
        this.mostQueuedBytes = mostQueuedBytes;
        this.arrivals = arrivals;
        hasFlowControl = line.tnc().map(Tnc::hasFlowControl).orElse(false);
        queue = new SendQueue(hasFlowControl);
        flowControl = new ReadyTimer(queue, timers);
        framing = line.tnc()
                .<Framing>map(tnc -> new KissFraming(line.longest(), tnc, flowControl::ready))
                .orElseGet(() -> new HdlcFraming(line.longest()));
        beacon = line.tnc()
                .flatMap(Tnc::beacon)
                .map(text -> new Beacon(text, timers, frame -> queue.offer(frame, mostQueuedBytes.getAsInt())));
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return isUp
                && packet.remaining() <= line.longest()
                && queue.offer(framing.frame(packet), mostQueuedBytes.getAsInt());
    }

    @Override
    public void run(LineEvents events) throws InterruptedException {
        Thread writer = null;
        try (SerialPort opened = SerialPort.open(line.port().orElseThrow())) {
            if (!keep(opened) || closing.await(line.settle().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            for (ByteBuffer frame : framing.greeting()) {
                opened.write(frame);
            }
            writer = startWriter(opened);
            isUp = true;
            arrivals.cancel();
            events.up("the port " + opened.path() + " is open");
            read(opened, events);
            if (broken != null) {
                throw broken;
            }
        } catch (MeshException e) {
            arrivals.expect(line.port().orElseThrow().port());
            throw e;
        } finally {
            close();
            if (writer != null) {
                writer.join(MOST_TO_END_MILLIS);
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        isUp = false;
        SerialPort open;
        synchronized (this) {
            open = port;
        }
        queue.close();
        flowControl.close();
        beacon.ifPresent(Beacon::close);
        if (open != null) {
            open.close();
        }
    }

    /** Makes it known to whoever closes the line; false where that has happened. */
    private synchronized boolean keep(SerialPort opened) {
        port = opened;
        return closing.getCount() > 0;
    }

    private void read(SerialPort opened, LineEvents events) {
        FrameDecoder decoder = framing.decoder();
        FrameSink packets = content -> {
            Optional<String> sender = framing.sender(content);
            FrameSink sink = sender.isEmpty()
                    ? events::packet
                    : packet -> events.packetFrom(sender.get(), packet, Optional.empty());
            if (!framing.unwrap(content, sink)) {
                events.malformed(1);
            }
        };
        byte[] buffer = new byte[READ_BYTES];
        long malformed = 0;
        int count = opened.read(buffer, line.silence());
        while (count != SerialPort.CLOSED) {
            if (count == 0) {
                decoder.reset(); // the rest of a frame that has begun does not come any more
            } else {
                decoder.feed(ByteBuffer.wrap(buffer, 0, count), packets);
                events.endOfBurst();
                long now = decoder.malformedFrames();
                if (now != malformed) {
                    events.malformed(now - malformed);
                    malformed = now;
                }
            }
            count = opened.read(buffer, line.silence());
        }
    }

    private Thread startWriter(SerialPort opened) {
        Thread thread = new Thread(() -> write(opened), "kairos-" + kind + "-" + line.name() + "-write");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void write(SerialPort opened) {
        try {
            for (ByteBuffer frame = queue.take(); frame != null; frame = queue.take()) {
                if (hasFlowControl) {
                    flowControl.begin();
                }
                opened.write(frame);
                ByteBuffer sent = frame;
                beacon.ifPresent(text -> text.left(sent));
            }
        } catch (MeshException e) {
            broken = e;
            opened.close(); // and so the reading thread ends and tells it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
