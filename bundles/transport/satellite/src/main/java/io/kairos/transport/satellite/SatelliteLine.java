package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.framing.HdlcStreamDecoder;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
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
    private final StoreReference store;
    private final Clock clock;
    private final Timers timers;
    private final Consumer<Duration> again;
    private final Socket socket = new Socket();
    private final Outbox outbox;

    private volatile LinkBudget linkBudget;

    // ---- guarded by this ----
    private boolean closed;
    private boolean connected;
    private boolean hasSpent;
    private Optional<MeshException> obstacle = Optional.empty();
    private Timers.Timer windowEnd;

    /** @param again told when it is worth to try again, where that is known */
    SatelliteLine(
            SatelliteSettings.Peer peer, StoreReference store, Clock clock, Timers timers, Consumer<Duration> again) {
        this.peer = peer;
        this.store = store;
        this.clock = clock;
        this.timers = timers;
        this.again = again;
        this.outbox = new Outbox(peer.queueBytes());
        this.linkBudget = peer.costs().usual();
    }

    LinkBudget budget() {
        return linkBudget;
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
        if (peer.bytesPerMonth() > 0) {
            store.await(clock);
        }
        MonthlyBudget budget = MonthlyBudget.load(
                store::get, SatelliteChecks.document(peer.name()), peer.bytesPerMonth(), clock.wallMillis());
        try {
            refuseWhereItCannotBeUsed(budget);
            connect();
            Thread writer = new Thread(() -> write(budget, events), "kairos-satellite-" + peer.name() + "-write");
            writer.setDaemon(true);
            begin(budget);
            refresh(budget);
            events.up("the connection over the satellite is open");
            writer.start();
            try {
                read(budget, events);
            } finally {
                close();
                writer.join();
            }
        } catch (IOException e) {
            throw obstacleOr(e);
        } finally {
            budget.close();
        }
    }

    private void refuseWhereItCannotBeUsed(MonthlyBudget budget) {
        long now = clock.wallMillis();
        peer.costs().obstacle(budget, LEAST_BYTES, now).ifPresent(why -> {
            if (why.kind() == Failure.Kind.NETWORK) {
                again.accept(peer.costs().windows().untilChange(now));
            }
            throw why;
        });
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

    private synchronized void begin(MonthlyBudget budget) {
        connected = true;
        if (peer.costs().windows().everCloses() && !closed) {
            Duration left = peer.costs().windows().untilChange(clock.wallMillis());
            windowEnd = timers.after(left, () -> look(budget));
        }
    }

    /** Ends the connection where it may not be used any more. */
    private void look(MonthlyBudget budget) {
        Optional<MeshException> why = peer.costs().obstacle(budget, LEAST_BYTES, clock.wallMillis());
        if (why.isPresent()) {
            synchronized (this) {
                obstacle = why;
            }
            hangUp();
        }
    }

    private synchronized MeshException obstacleOr(IOException e) {
        if (obstacle.isPresent() && obstacle.get().kind() == Failure.Kind.NETWORK) {
            again.accept(peer.costs().windows().untilChange(clock.wallMillis()));
        }
        return obstacle.orElseGet(() -> new MeshException(
                Failure.Kind.NETWORK,
                "The other end cannot be reached: " + e.getClass().getSimpleName(),
                "Check that the terminal is switched on, and peer.host and peer.port.",
                e));
    }

    // ---- the reading thread ----

    private void read(MonthlyBudget budget, LineEvents events) throws IOException {
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
                spend(budget, count + peer.overheadBytes(), events);
            }
        }
        synchronized (this) {
            if (obstacle.isPresent()) {
                throw new IOException("the window or the budget has ended");
            }
        }
    }

    private void spend(MonthlyBudget budget, long bytes, LineEvents events) {
        budget.spend(bytes, clock.wallMillis());
        if (refresh(budget)) {
            events.changed();
        }
        synchronized (this) {
            hasSpent = true;
            notifyAll(); // the writing thread brings it to the disk
        }
        look(budget);
    }

    private boolean refresh(MonthlyBudget budget) {
        LinkBudget now = peer.costs().now(budget, clock.wallMillis());
        boolean differs = !now.equals(linkBudget);
        linkBudget = now;
        return differs;
    }

    // ---- the writing thread ----

    private void write(MonthlyBudget budget, LineEvents events) {
        try {
            long freeAt = clock.nanos();
            while (awaitWork(freeAt)) {
                budget.keep();
                Optional<Outbox.Waiting> next = clock.nanos() - freeAt < 0
                        ? Optional.empty()
                        : outbox.take(waiting -> isWorth(waiting, budget));
                if (next.isPresent()) {
                    byte[] frame = frame(next.get().packet());
                    spend(budget, frame.length + peer.overheadBytes(), events);
                    budget.keep();
                    socket.getOutputStream().write(frame);
                    freeAt = clock.nanos()
                            + (long) (frame.length * 8e9 / peer.costs().bitsPerSecond());
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

    private boolean isWorth(Outbox.Waiting waiting, MonthlyBudget budget) {
        long now = clock.wallMillis();
        return peer.reserve().allows(waiting.urgency(), budget.remainingShare(now))
                && Hdlc.maximumFrameBytes(waiting.packet().length) + peer.overheadBytes() <= budget.remaining(now);
    }

    private static byte[] frame(byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(Hdlc.maximumFrameBytes(packet.length));
        Hdlc.encode(ByteBuffer.wrap(packet), frame);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
