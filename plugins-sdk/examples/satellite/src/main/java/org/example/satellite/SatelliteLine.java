package org.example.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.medium.paid.MonthlyBudget;
import io.kairos.lib.medium.paid.Outbox;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides when the modem is used and for what: windows, money, pace and urgency. Everything happens on timers and on the
 * modem's thread; nothing here waits.
 *
 * <pre>
 *  money left    window    modem        status
 *  no            any       closed       DOWN, POLICY: until the next month
 *  yes           closed    closed       DOWN, NETWORK: until it opens
 *  yes           open      not yet      DOWN, HARDWARE: tried again with growing pauses
 *  yes           open      connected    UP
 * </pre>
 */
final class SatelliteLine implements AutoCloseable {

    /** What the interface does with what happens. */
    interface Owner {

        /** Bytes of the stream; the array is lent. */
        void received(byte[] bytes, int length);

        /** A new stream begins: what was half received is worth nothing. */
        void reset();

        /** Status or budget has changed. */
        void changed();

        /** Money was spent, which has to be written down. */
        void spent();

        /** Packets were dropped that had been accepted. */
        void dropped(long packets);
    }

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration BUSY = Duration.ofMillis(100);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);
    private static final int MOST_WAITING_BYTES = 64 << 10;

    /** With less than this nothing can be sent that is worth anything. */
    private static final int LEAST_BYTES = 64;

    private final SatelliteSettings settings;
    private final MonthlyBudget budget;
    private final Supplier<Modem> modems;
    private final Clock clock;
    private final Timers timers;
    private final Owner owner;
    private final Outbox outbox = new Outbox(MOST_WAITING_BYTES);

    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);
    private volatile LinkBudget linkBudget;

    // ---- guarded by this ----
    private Modem modem;
    private boolean connected;
    private Duration pause = FIRST_PAUSE;
    private long mayOpenAt;
    private Timers.Timer look;
    private Timers.Timer pace;
    private boolean closed;

    SatelliteLine(
            SatelliteSettings settings,
            MonthlyBudget budget,
            Supplier<Modem> modems,
            Clock clock,
            Timers timers,
            Owner owner) {
        this.settings = settings;
        this.budget = budget;
        this.modems = modems;
        this.clock = clock;
        this.timers = timers;
        this.owner = owner;
        this.mayOpenAt = clock.nanos();
        this.linkBudget = settings.costs().now(budget, clock.wallMillis());
    }

    void start() {
        look();
    }

    InterfaceStatus status() {
        return status;
    }

    /** Cost and share of time grow and shrink with what is left of the month's money. */
    LinkBudget budget() {
        return linkBudget;
    }

    /** Queues one packet; false where it is not sent at all. */
    boolean offer(ByteBuffer packet) {
        if (!status.isUp() || !outbox.offer(packet)) {
            return false;
        }
        synchronized (this) {
            if (pace == null && connected) {
                pace = timers.after(Duration.ZERO, this::sendNext);
            }
        }
        return true;
    }

    @Override
    public void close() {
        Modem last;
        synchronized (this) {
            closed = true;
            cancel(look);
            cancel(pace);
            last = modem;
            modem = null;
            connected = false;
        }
        outbox.clear();
        if (last != null) {
            last.close();
        }
    }

    // ---- whether the modem is used ----

    /** Looks at clock and account, and opens or closes the modem. */
    private void look() {
        Modem toOpen = null;
        Modem toClose = null;
        synchronized (this) {
            if (closed) {
                return;
            }
            cancel(look);
            Optional<Failure> obstacle = obstacle();
            if (obstacle.isPresent()) {
                toClose = modem;
                modem = null;
                connected = false;
                status = InterfaceStatus.down(obstacle.get());
            } else if (modem == null && clock.nanos() - mayOpenAt >= 0) {
                toOpen = modems.get();
                modem = toOpen;
            }
            look = timers.after(untilNextLook(), this::look);
        }
        if (toClose != null) {
            toClose.close();
        }
        if (toOpen != null) {
            toOpen.open(new Stream(toOpen));
        }
        refreshBudget();
        owner.changed();
    }

    private Optional<Failure> obstacle() {
        return settings.costs()
                .obstacle(budget, LEAST_BYTES, clock.wallMillis())
                .map(MeshException::failure);
    }

    private Duration untilNextLook() {
        Duration next = LOOK_AGAIN;
        if (settings.costs().windows().everCloses()) {
            next = shorter(next, settings.costs().windows().untilChange(clock.wallMillis()));
        }
        if (modem == null && mayOpenAt - clock.nanos() > 0) {
            next = shorter(next, Duration.ofNanos(mayOpenAt - clock.nanos()));
        }
        return next.isZero() ? Duration.ofMillis(1) : next;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    // ---- sending ----

    /** Sends the most urgent packet that is worth its money and comes back when the modem is through with it. */
    private void sendNext() {
        long frameBytes = 0;
        synchronized (this) {
            pace = null;
            if (!connected || closed) {
                return;
            }
            Optional<Outbox.Waiting> next = outbox.take(this::isWorth);
            if (next.isPresent()) {
                byte[] frame = frame(next.get().packet());
                if (modem.send(frame)) {
                    frameBytes = frame.length;
                    pace = timers.after(timeFor(frame.length), this::sendNext);
                } else {
                    outbox.offer(ByteBuffer.wrap(next.get().packet()));
                    pace = timers.after(BUSY, this::sendNext);
                }
            }
        }
        long dropped = outbox.dropped();
        if (dropped > 0) {
            owner.dropped(dropped);
        }
        if (frameBytes > 0) {
            spend(frameBytes);
        }
    }

    private boolean isWorth(Outbox.Waiting waiting) {
        long now = clock.wallMillis();
        return settings.reserve().allows(waiting.urgency(), budget.remainingShare(now))
                && Hdlc.maximumFrameBytes(waiting.packet().length) <= budget.remaining(now);
    }

    private static byte[] frame(byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(Hdlc.maximumFrameBytes(packet.length));
        Hdlc.encode(ByteBuffer.wrap(packet), frame);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    private Duration timeFor(int bytes) {
        return Duration.ofNanos((long) (bytes * 8e9 / settings.costs().bitsPerSecond()));
    }

    // ---- money ----

    private void spend(long bytes) {
        budget.spend(bytes, clock.wallMillis());
        owner.spent();
        if (budget.remaining(clock.wallMillis()) < LEAST_BYTES) {
            look();
        } else if (refreshBudget()) {
            owner.changed();
        }
    }

    private boolean refreshBudget() {
        LinkBudget now = settings.costs().now(budget, clock.wallMillis());
        boolean differs = !now.equals(linkBudget);
        linkBudget = now;
        return differs;
    }

    private static void cancel(Timers.Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** One connection of the modem; what an earlier one still says does not count. */
    private final class Stream implements Modem.Listener {

        private final Modem mine;

        Stream(Modem mine) {
            this.mine = mine;
        }

        @Override
        public void connected() {
            synchronized (SatelliteLine.this) {
                if (modem != mine || closed) {
                    return;
                }
                connected = true;
                pause = FIRST_PAUSE;
                status = InterfaceStatus.of(InterfaceState.UP);
                if (!outbox.isEmpty()) {
                    pace = timers.after(Duration.ZERO, SatelliteLine.this::sendNext);
                }
            }
            owner.reset();
            owner.changed();
        }

        @Override
        public void received(byte[] bytes, int length) {
            synchronized (SatelliteLine.this) {
                if (modem != mine) {
                    return;
                }
            }
            owner.received(bytes, length);
            if (settings.countsReceived()) {
                spend(length);
            }
        }

        @Override
        public void lost(String why) {
            synchronized (SatelliteLine.this) {
                if (modem != mine || closed) {
                    return;
                }
                modem = null;
                connected = false;
                mayOpenAt = clock.nanos() + pause.toNanos();
                pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
                status = InterfaceStatus.down(new Failure(
                        Failure.Kind.HARDWARE,
                        "The modem cannot be used: " + why,
                        "Check that it is switched on, and modem.host and modem.port."));
            }
            look();
        }
    }
}
