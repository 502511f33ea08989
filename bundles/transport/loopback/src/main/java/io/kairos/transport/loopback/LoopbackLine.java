package io.kairos.transport.loopback;

import io.kairos.api.failure.Failure;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.lib.medium.Medium;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One end of the line while it is open: what is under way to it, and the thread that takes it out. */
final class LoopbackLine implements Medium {

    private final LoopbackInterface end;
    private final LoopbackSettings.Line line;
    private final LoopbackExchange exchange;
    private final Clock clock;
    private final Consumer<InterfaceStatus> status;
    private final Inbox inbox = new Inbox();

    LoopbackLine(
            LoopbackInterface end,
            LoopbackSettings.Line line,
            LoopbackExchange exchange,
            Clock clock,
            Consumer<InterfaceStatus> status) {
        this.end = end;
        this.line = line;
        this.exchange = exchange;
        this.clock = clock;
        this.status = status;
    }

    @Override
    public void start() {
        Thread reader = new Thread(this::readUntilClosed, "kairos-loopback-" + line.name() + "-read");
        reader.setDaemon(true);
        reader.start();
    }

    /** Nobody reaches the interface any more, and its thread ends. */
    @Override
    public void close() {
        exchange.leave(end);
        // Not interrupted: the thread may be inside the core, where an interrupt would do harm. The inbox lets it go.
        inbox.close();
    }

    /** Copies a packet into the medium, as fast and as long as its sender says; false where it did not fit. */
    boolean offer(ByteBuffer packet, LoopbackSettings sender) {
        return inbox.offer(packet, clock.nanos(), sender);
    }

    /** Looks whether the peer is there. */
    void look() {
        boolean there;
        do { // of two threads that look, the one that speaks last may have looked first
            there = isPeerThere();
            status.accept(there ? InterfaceStatus.of(InterfaceState.UP) : InterfaceStatus.down(noPeer()));
        } while (there != isPeerThere());
    }

    private boolean isPeerThere() {
        return exchange.find(line.peer()).isPresent();
    }

    /** The thread joins the exchange itself: nobody meets an interface whose constructor has not ended. */
    private void readUntilClosed() {
        List<ByteBuffer> burst = new ArrayList<>();
        try {
            exchange.join(end);
            look();
            leaveAgainIfClosed();
            while (inbox.take(burst, clock)) {
                end.received(burst);
                burst.clear();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void leaveAgainIfClosed() {
        if (!end.isOpen()) {
            exchange.leave(end);
        }
    }

    private Failure noPeer() {
        return new Failure(
                Failure.Kind.CONFIGURATION,
                "There is no loopback interface named " + line.peer(),
                "Create one with interface.name = %s and peer = %s, or correct peer."
                        .formatted(line.peer(), line.name()));
    }
}
