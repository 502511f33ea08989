package io.kairos.test.container.peer;

import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.packet.DestinationHash;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbered questions at a steady pace to one echo. Each is one packet there and its answer one packet back, and nobody
 * repeats them: what is lost stays lost. A link that closes is counted and replaced, as a program would.
 */
final class Flow {

    private static final int PACE_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int HOPELESS = 20; // so many questions without an answer, for at least as long as the patience

    private final Endpoints endpoints;
    private final DestinationHash to;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile Link link;
    private volatile String failure = "none";
    private volatile boolean held;
    private volatile Window window = new Window();
    private long number; // owned by the pace

    Flow(Endpoints endpoints, DestinationHash to) {
        this.endpoints = endpoints;
        this.to = to;
        pace.scheduleAtFixedRate(this::ask, 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Makes no link anew for now: an attempt that comes too early takes long to fail. */
    void hold(boolean wanted) {
        held = wanted;
    }

    void mark() {
        window = new Window();
    }

    String count() {
        return window.toString();
    }

    /** State of the link and why the last attempt to make one failed. */
    String explain() {
        Link present = link;
        return "link " + (present == null ? "none" : present.state() + " since " + present.age()) + ", connecting "
                + connecting + ", last failure " + failure;
    }

    String settle() throws InterruptedException {
        Window past = window;
        window = new Window();
        past.awaitRest(PATIENCE.plusSeconds(1));
        return past.toString();
    }

    private void ask() {
        Window now = window;
        Link present = link;
        if (present == null || present.state() == Link.State.CLOSED) {
            connect();
            return; // without a link there is no packet; the silence counts as a gap
        }
        String question = Long.toString(++number);
        now.sent();
        try {
            present.request(PeerNode.ECHO, question, PATIENCE).response().whenComplete((answer, fault) -> {
                boolean right = fault == null && question.equals(String.valueOf(answer.value()));
                now.resolved(right);
                if (right) {
                    unanswered.set(0);
                } else if (unanswered.incrementAndGet() == HOPELESS) {
                    present.close(); // as programs do; the protocol itself would wait for minutes
                }
            });
        } catch (RuntimeException e) { // a link that has just closed; the asking goes on
            now.resolved(false);
        }
    }

    private void connect() {
        if (!held && connecting.compareAndSet(false, true)) {
            endpoints.connect(to).whenComplete((made, fault) -> {
                if (fault == null) {
                    made.onClosed(reason -> window.linkLost());
                    unanswered.set(0);
                    link = made;
                } else {
                    failure = fault.toString();
                }
                connecting.set(false);
            });
        }
    }
}
