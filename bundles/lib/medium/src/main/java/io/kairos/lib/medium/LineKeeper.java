package io.kairos.lib.medium;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Holds the line of one interface: opens it, reads it on a thread of its own, opens it again after a pause, and hands what
 * comes to whichever core is attached at that moment.
 *
 * <p>Threads: any. {@link #open}, {@link #hangUp} and {@link #close} belong to one owner at a time, whose lock is held
 * meanwhile; it is never taken by the reading thread.
 */
final class LineKeeper {

    private static final Duration MOST_TO_CLOSE = Duration.ofMillis(800);

    private static final Failure FAULT = new Failure(
            Failure.Kind.BUG,
            "The transport has failed on something it did not expect",
            "It is opened again by itself. Please report it with the log.");

    private static final Failure ENDED = new Failure(
            Failure.Kind.PEER, "The other end has closed the connection", "Nothing: it is opened again by itself.");

    private static final String GOES_ON = "Nothing: it goes on by itself.";

    private final String kind;
    private final Supplier<String> name;
    private final Clock clock;
    private final Timers timers;
    private final Logger log;
    private final InterfaceTally tally = new InterfaceTally();

    private volatile PacketSink sink;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    /** The one that counts; {@code null} while there is none. */
    private volatile Line line;

    // ---- guarded by this ----
    private Thread reader;
    private Timers.Timer retry;
    private Supplier<Line> lines;
    private Optional<RetryPace> pace = Optional.empty();
    private Consumer<Failure> whenOver = why -> {};
    private Optional<Failure> lastFailure = Optional.empty(); // since it was up
    private boolean isUp;
    private long upSince;
    private boolean closed;

    LineKeeper(String kind, Supplier<String> name, Clock clock, Timers timers, Logger log) {
        this.kind = kind;
        this.name = name;
        this.clock = clock;
        this.timers = timers;
        this.log = log;
    }

    void attach(PacketSink core) {
        sink = core;
        if (status.state() == InterfaceState.CLOSED) {
            sink = null;
        }
    }

    void detach() {
        sink = null;
    }

    PacketSink sink() {
        return sink;
    }

    InterfaceStatus status() {
        return status;
    }

    InterfaceCounters counters() {
        return tally.read();
    }

    void send(ByteBuffer packet) {
        Line open = line;
        int bytes = packet.remaining();
        if (open != null && open.offer(packet)) {
            tally.sent(bytes);
        } else {
            tally.droppedOutgoing();
        }
    }

    void flush() {
        Line open = line;
        if (open != null) {
            open.flush();
        }
    }

    void tellCore() {
        PacketSink core = sink;
        if (core != null) {
            try {
                core.changed();
            } catch (RuntimeException fault) {
                report(fault);
            }
        }
    }

    /** Stays closed for a reason. */
    synchronized void rest(InterfaceStatus why) {
        if (!closed) {
            status = why;
        }
    }

    /** Opens a line, again and again. */
    void open(Supplier<Line> source, RetryPace again) {
        start(source, Optional.of(again), why -> {});
    }

    /** Reads a line once; {@code over} is told on the reading thread when it has ended by itself. */
    void openOnce(Line once, Consumer<Failure> over) {
        start(() -> once, Optional.empty(), over);
    }

    private synchronized void start(Supplier<Line> source, Optional<RetryPace> again, Consumer<Failure> over) {
        lines = source;
        pace = again;
        whenOver = over;
        lastFailure = Optional.empty();
        status = closed ? status : InterfaceStatus.of(InterfaceState.STARTING);
        startReader();
    }

    /** Does not wait for the end of a pause. */
    void tryNow() {
        Timers.Timer waiting;
        synchronized (this) {
            waiting = retry;
        }
        if (waiting != null) {
            waiting.cancel();
            tryAgain();
        }
    }

    /** Ends the line and its thread; nothing they still say counts. */
    void hangUp() {
        Thread last;
        Line open;
        synchronized (this) {
            last = reader;
            open = line;
            reader = null;
            line = null;
            isUp = false;
            if (retry != null) {
                retry.cancel();
                retry = null;
            }
        }
        if (open != null) {
            open.close();
        }
        if (last != null && last != Thread.currentThread()) {
            awaitEnd(last);
        }
    }

    void close() {
        synchronized (this) {
            closed = true;
            status = InterfaceStatus.of(InterfaceState.CLOSED);
        }
        sink = null;
        hangUp();
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(MOST_TO_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void startReader() {
        if (closed) {
            return;
        }
        Line fresh = lines.get();
        line = fresh;
        isUp = false;
        reader = new Thread(() -> read(fresh), "kairos-" + kind + "-" + name.get() + "-read");
        reader.setDaemon(true);
        reader.start();
    }

    private synchronized void tryAgain() {
        if (retry != null) { // not cancelled in the very moment in which it fired
            retry = null;
            startReader();
        }
    }

    // ---- the reading thread ----

    private void read(Line open) {
        Failure why = FAULT;
        try {
            open.run(new Delivery(open));
            why = ENDED;
        } catch (InterruptedException e) {
            why = ENDED;
        } catch (MeshException e) {
            why = e.failure();
        } catch (RuntimeException fault) {
            log.error("Interface {} has failed; this is a fault of Kairos, please report it", name.get(), fault);
        } finally {
            open.close();
            ended(open, why); // also after an error such as a missing class: the next attempt may find it
        }
    }

    private void ended(Line open, Failure why) {
        Optional<Duration> pause;
        Consumer<Failure> over;
        boolean news;
        synchronized (this) {
            if (closed || line != open) {
                return;
            }
            line = null;
            reader = null;
            news = !Optional.of(why).equals(lastFailure);
            lastFailure = Optional.of(why);
            Duration held = Duration.ofNanos(isUp ? clock.nanos() - upSince : 0);
            pause = pace.map(next -> next.after(held));
            isUp = false;
            over = whenOver;
            retry = pause.map(wait -> timers.after(wait, this::tryAgain)).orElse(null);
            status = InterfaceStatus.down(why); // last: whoever reads it without the lock may rely on the next attempt
        }
        if (news && pause.isPresent()) {
            log.warn(
                    "Interface {} is down: {}. {} Next attempt in {} s",
                    name.get(),
                    why.message(),
                    why.remedy(),
                    pause.get().toSeconds());
        }
        tellCore();
        if (pause.isEmpty()) {
            over.accept(why);
        }
    }

    private void starts(Line open, String waitsFor) {
        synchronized (this) {
            if (closed || line != open || isUp) {
                return;
            }
            status = new InterfaceStatus(
                    InterfaceState.STARTING,
                    Optional.of(lastFailure
                            .map(last -> new Failure(
                                    last.kind(),
                                    "%s; the attempt before: %s".formatted(waitsFor, last.message()),
                                    last.remedy()))
                            .orElseGet(() -> new Failure(Failure.Kind.NETWORK, waitsFor, GOES_ON))));
        }
        tellCore();
    }

    private void isUp(Line open, String news) {
        synchronized (this) {
            if (closed || line != open) {
                return;
            }
            isUp = true;
            upSince = clock.nanos();
            lastFailure = Optional.empty();
            status = InterfaceStatus.of(InterfaceState.UP);
        }
        if (!news.isEmpty()) {
            log.info("Interface {} is up: {}", name.get(), news);
        }
        tellCore();
    }

    /** A fault of the core costs one packet, not the interface. */
    private void report(RuntimeException fault) {
        log.error(
                "The core failed on a packet of interface {}; this is a fault of Kairos, please report it",
                name.get(),
                fault);
    }

    /** Hands packets to the core, whichever is attached at that moment. Owned by the reading thread. */
    private final class Delivery implements LineEvents {

        private final Line open;
        private PacketSink burst;

        Delivery(Line open) {
            this.open = open;
        }

        @Override
        public void starting(String waitsFor) {
            starts(open, waitsFor);
        }

        @Override
        public void up(String news) {
            isUp(open, news);
        }

        @Override
        public void packet(ByteBuffer packet) {
            packet(packet, null);
        }

        @Override
        public void packet(ByteBuffer packet, Signal signal) {
            PacketSink core = sink;
            if (core == null || line != open) {
                tally.droppedIncoming();
                return;
            }
            tally.received(packet.remaining());
            burst = core;
            try {
                if (signal == null) {
                    core.received(packet);
                } else {
                    core.received(packet, signal);
                }
            } catch (RuntimeException fault) {
                report(fault);
            }
        }

        @Override
        public void malformed(long frames) {
            tally.malformed(frames);
        }

        @Override
        public void endOfBurst() {
            PacketSink used = burst;
            burst = null;
            if (used != null && used == sink) {
                try {
                    used.endOfBurst();
                } catch (RuntimeException fault) {
                    report(fault);
                }
            }
        }

        @Override
        public void changed() {
            if (line == open) {
                tellCore();
            }
        }
    }
}
