package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.framing.HdlcStreamDecoder;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.medium.paid.Outbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A connection over a satellite: opened only while the satellite is there and there is money, the urgent packets first, at
 * the pace of the terminal. One thread reads, one writes.
 */
final class SatelliteLine implements Line {

    /** With less than this nothing can be sent that is worth anything. */
    private static final int LEAST_BYTES = 64;

    private static final int CONNECT_MILLIS = 20_000;

    private final SatelliteSettings.Peer peer;
    private final Account account;
    private final Clock clock;
    private final Timers timers;
    private final Consumer<Duration> again;
    private final Socket socket = new Socket();
    private final Outbox outbox;

    // ---- guarded by this ----
    private boolean closed;
    private boolean connected;
    private boolean hasSpent;
    private Optional<MeshException> obstacle = Optional.empty();
    private Timers.Timer windowEnd;

    /** @param again told when it is worth to try again, where that is known */
    SatelliteLine(SatelliteSettings.Peer peer, Account account, Clock clock, Timers timers, Consumer<Duration> again) {
        this.peer = peer;
        this.account = account;
        this.clock = clock;
        this.timers = timers;
        this.again = again;
        this.outbox = new Outbox(peer.queueBytes());
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        if (packet.remaining() > peer.longest()) {
            return false;
        }
        synchronized (this) {
            if (!connected || closed || !outbox.offer(packet)) {
                return false;
            }
            notifyAll();
            return true;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (windowEnd != null) {
                windowEnd.cancel();
            }
            notifyAll();
        }
        hangUp();
    }

    private void hangUp() {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is closed all the same
        }
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        account.open();
        try {
            account.require(LEAST_BYTES, again);
            connect();
            Thread writer = new Thread(() -> write(events), "kairos-satellite-" + peer.name() + "-write");
            writer.setDaemon(true);
            begin();
            events.up("the connection over the satellite is open");
            writer.start();
            try {
                read(events);
            } finally {
                close();
                writer.join();
            }
        } catch (IOException e) {
            throw obstacleOr(e);
        } finally {
            account.close();
        }
    }

    private void connect() throws IOException {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getByName(peer.host()), peer.port()), CONNECT_MILLIS);
        } catch (UnknownHostException e) {
            throw new MeshException(
                    Failure.Kind.NETWORK,
                    "The name of the peer is not known",
                    "Check peer.host and the name server.",
                    e);
        }
        socket.setTcpNoDelay(true);
    }

    private synchronized void begin() {
        connected = true;
        if (peer.terms().costs().windows().everCloses() && !closed) {
            windowEnd = timers.after(account.untilChange(), this::look);
        }
    }

    /** Ends the connection where it may not be used any more. */
    private void look() {
        Optional<MeshException> why = account.obstacle(LEAST_BYTES);
        if (why.isPresent()) {
            synchronized (this) {
                obstacle = why;
            }
            hangUp();
        }
    }

    private synchronized MeshException obstacleOr(IOException e) {
        if (obstacle.isPresent() && obstacle.get().kind() == Failure.Kind.NETWORK) {
            again.accept(account.untilChange());
        }
        return obstacle.orElseGet(() -> new MeshException(
                Failure.Kind.NETWORK,
                "The other end cannot be reached: " + e.getClass().getSimpleName(),
                "Check that the terminal is switched on, and peer.host and peer.port.",
                e));
    }

    // ---- the reading thread ----

    private void read(LineEvents events) throws IOException {
        HdlcStreamDecoder decoder = HdlcStreamDecoder.forInterface(peer.longest());
        byte[] bytes = new byte[4_096];
        long malformed = 0;
        for (int count = socket.getInputStream().read(bytes);
                count >= 0;
                count = socket.getInputStream().read(bytes)) {
            decoder.feed(ByteBuffer.wrap(bytes, 0, count), events::packet);
            if (decoder.malformedFrames() > malformed) {
                events.malformed(decoder.malformedFrames() - malformed);
                malformed = decoder.malformedFrames();
            }
            events.endOfBurst();
            if (peer.countsReceived()) {
                spend(count + peer.overheadBytes(), events);
            }
        }
        synchronized (this) {
            if (obstacle.isPresent()) {
                throw new IOException("the window or the budget has ended");
            }
        }
    }

    private void spend(long bytes, LineEvents events) {
        if (account.spend(bytes)) {
            events.changed();
        }
        synchronized (this) {
            hasSpent = true;
            notifyAll(); // the writing thread brings it to the disk
        }
        look();
    }

    // ---- the writing thread ----

    private void write(LineEvents events) {
        try {
            long freeAt = clock.nanos();
            while (awaitWork(freeAt)) {
                account.keep();
                Optional<Outbox.Waiting> next =
                        clock.nanos() - freeAt < 0 ? Optional.empty() : outbox.take(this::isWorth);
                if (next.isPresent()) {
                    byte[] frame = frame(next.get().packet());
                    spend(frame.length + peer.overheadBytes(), events);
                    account.keep();
                    socket.getOutputStream().write(frame);
                    freeAt = clock.nanos()
                            + (long) (frame.length * 8e9 / peer.terms().costs().bitsPerSecond());
                }
            }
        } catch (IOException e) {
            hangUp(); // the reading thread says why
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the terminal is through and something is to be sent or was spent; false once the line is closed. */
    private synchronized boolean awaitWork(long freeAt) throws InterruptedException {
        while (!closed) {
            long busy = (freeAt - clock.nanos() + 999_999) / 1_000_000;
            if (hasSpent || busy <= 0 && !outbox.isEmpty()) {
                hasSpent = false;
                return true;
            }
            wait(Math.max(0, busy)); // 0: until somebody notifies
        }
        return false;
    }

    private boolean isWorth(Outbox.Waiting waiting) {
        return account.isWorth(waiting, Hdlc.maximumFrameBytes(waiting.packet().length) + peer.overheadBytes());
    }

    private static byte[] frame(byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(Hdlc.maximumFrameBytes(packet.length));
        Hdlc.encode(ByteBuffer.wrap(packet), frame);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
