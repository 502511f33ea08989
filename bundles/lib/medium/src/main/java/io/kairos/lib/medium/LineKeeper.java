package io.kairos.lib.medium;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.Reading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Holds the line of one interface: opens it, reads it on a thread of its own, opens it again after a pause, and hands what
 * comes to whichever core is attached at that moment.
 *
 * <p>Threads: any. {@link #start} and {@link #close} belong to one owner, whose lock is held meanwhile; it is never taken by
 * the reading thread.
 */
final class LineKeeper implements Medium {

    private static final Duration MOST_TO_CLOSE = Duration.ofMillis(800);

    private static final Failure FAULT = new Failure(
            Failure.Kind.BUG,
            "The transport has failed on something it did not expect",
            "It is opened again by itself. Please report it with the log.");

    private static final Failure ENDED = new Failure(
            Failure.Kind.PEER, "The other end has closed the connection", "Nothing: it is opened again by itself.");

    private static final String GOES_ON = "Nothing: it goes on by itself.";

    /** The interface whose line it is. */
    record Owner(String kind, Supplier<String> name, Clock clock, Timers timers, Logger log) {}

    /**
     * Where lines come from.
     *
     * @param pace the pauses before further lines; empty where there is only one
     */
    record Source(Supplier<Line> lines, Optional<RetryPace> pace) {

        static Source again(Supplier<Line> lines, RetryPace pace) {
            return new Source(lines, Optional.of(pace));
        }

        static Source once(Line line) {
            return new Source(() -> line, Optional.empty());
        }
    }

    private final Owner owner;
    private final Attachment attachment;
    private final Source source;
    private final Runnable whenOver;
    private final InterfaceTally tally;

    /** The one that counts; {@code null} while there is none. */
    private volatile Line line;

    // ---- guarded by this ----
    private Thread reader;
    private Timers.Timer retry;
    private Optional<Failure> lastFailure = Optional.empty(); // since it was up
    private boolean isUp;
    private long upSince;
    private boolean closed;

    /** @param whenOver is told on the reading thread when the only line has ended by itself */
    LineKeeper(Owner owner, Attachment attachment, Source source, Runnable whenOver) {
        this.owner = owner;
        this.attachment = attachment;
        this.source = source;
        this.whenOver = whenOver;
        this.tally = attachment.tally();
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

    List<Reading> readings() {
        Line open = line;
        return open == null ? List.of() : open.readings();
    }

    void flush() {
        Line open = line;
        if (open != null) {
            open.flush();
        }
    }

    @Override
    public synchronized void start() {
        if (closed) {
            return;
        }
        Line fresh = source.lines().get();
        line = fresh;
        isUp = false;
        reader = new Thread(() -> read(fresh), "kairos-" + owner.kind() + "-" + name() + "-read");
        reader.setDaemon(true);
        reader.start();
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
    @Override
    public void close() {
        Thread last;
        Line open;
        synchronized (this) {
            closed = true;
            last = reader;
            open = line;
            reader = null;
            line = null;
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

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(MOST_TO_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tryAgain() {
        if (retry != null) { // not cancelled in the very moment in which it fired
            retry = null;
            start();
        }
    }

    // ---- the reading thread ----

    private void read(Line open) {
        Failure why = FAULT;
        try {
            open.run(new LineDelivery(this, open, attachment, owner.clock()));
            why = ENDED;
        } catch (InterruptedException e) {
            why = ENDED;
        } catch (MeshException e) {
            why = e.failure();
        } catch (RuntimeException fault) {
            owner.log().error("Interface {} has failed; this is a fault of Kairos, please report it", name(), fault);
        } finally {
            open.close();
            ended(open, why); // also after an error such as a missing class: the next attempt may find it
        }
    }

    private void ended(Line open, Failure why) {
        Optional<Duration> pause;
        boolean news;
        synchronized (this) {
            if (closed || line != open) {
                return;
            }
            line = null;
            reader = null;
            news = !Optional.of(why).equals(lastFailure);
            lastFailure = Optional.of(why);
            Duration held = Duration.ofNanos(isUp ? owner.clock().nanos() - upSince : 0);
            pause = source.pace().map(next -> next.after(held));
            isUp = false;
            retry = pause.map(wait -> owner.timers().after(wait, this::tryAgain))
                    .orElse(null);
            // last: whoever reads it without the lock may rely on the next attempt
            attachment.become(InterfaceStatus.down(why));
        }
        if (news && pause.isPresent()) {
            owner.log()
                    .warn(
                            "Interface {} is down: {}. {} Next attempt in {} s",
                            name(),
                            why.message(),
                            why.remedy(),
                            pause.get().toSeconds());
        }
        attachment.tellCore();
        if (pause.isEmpty()) {
            whenOver.run();
        }
    }

    /** The line waits for something. */
    void starts(Line open, String waitsFor) {
        synchronized (this) {
            if (closed || line != open || isUp) {
                return;
            }
            Failure why = lastFailure
                    .map(last -> new Failure(
                            last.kind(),
                            "%s; the attempt before: %s".formatted(waitsFor, last.message()),
                            last.remedy()))
                    .orElseGet(() -> new Failure(Failure.Kind.NETWORK, waitsFor, GOES_ON));
            attachment.become(new InterfaceStatus(InterfaceState.STARTING, Optional.of(why)));
        }
        attachment.tellCore();
    }

    /** The line is open. */
    void isUp(Line open, String news) {
        synchronized (this) {
            if (closed || line != open) {
                return;
            }
            isUp = true;
            upSince = owner.clock().nanos();
            lastFailure = Optional.empty();
            attachment.become(InterfaceStatus.of(InterfaceState.UP));
        }
        if (!news.isEmpty()) {
            owner.log().info("Interface {} is up: {}", name(), news);
        }
        attachment.tellCore();
    }

    /** Whether it is this line that counts. */
    boolean reads(Line open) {
        return line == open;
    }

    private String name() {
        return owner.name().get();
    }
}
