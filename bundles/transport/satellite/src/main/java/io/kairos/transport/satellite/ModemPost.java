package io.kairos.transport.satellite;

import io.kairos.api.time.Clock;
import io.kairos.lib.medium.paid.Outbox;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What waits for one modem and what has come from it. It outlives the lines that serve it, so that nothing is lost while
 * the gateway is away. Threads: any, but for what is owned by the line of now.
 */
final class ModemPost {

    /** Messages from the modem that may wait. */
    static final int MOST_ARRIVED = 64;

    /** Each time may have been paid. */
    static final int MOST_UNCONFIRMED = 4;

    /**
     * A message that is under way.
     *
     * @param number by which the gateway names it
     * @param sinceNanos when it was made
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared by content
    record Pending(int number, byte[] payload, long sinceNanos) {}

    private final GroundSettings.Modem modem;
    private final GroundSettings.Messages rules;
    private final Clock clock;
    private final RandomGenerator random;
    private final Outbox outbox;
    private final Semaphore calls = new Semaphore(0);

    // ---- guarded by this ----
    private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
    private long dropped;

    // ---- owned by the line of now ----
    private final Pieces pieces;
    private final Reassembly reassembly;
    private Optional<Pending> pending = Optional.empty();
    private int unconfirmed;

    ModemPost(GroundSettings.Modem modem, GroundSettings.Messages rules, Clock clock, RandomGenerator random) {
        this.modem = modem;
        this.rules = rules;
        this.clock = clock;
        this.random = random;
        this.outbox = new Outbox(rules.queueBytes());
        this.pieces = new Pieces(random.nextInt(), rules.messageBytes());
        this.reassembly = new Reassembly(rules.pieces(), rules.longest());
    }

    GroundSettings.Modem modem() {
        return modem;
    }

    Outbox outbox() {
        return outbox;
    }

    /** A message has come from the modem; false where too many wait. */
    synchronized boolean arrived(byte[] message) {
        if (arrived.size() >= MOST_ARRIVED) {
            dropped++;
            return false;
        }
        arrived.add(message);
        call();
        return true;
    }

    /** Lets the line look whether there is something to do. */
    void call() {
        calls.release();
    }

    /** Waits until something may be to be done, or for so long. */
    void await(Duration most) throws InterruptedException {
        if (calls.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }

    /** Messages that had no room, since the last call. */
    synchronized long takeDropped() {
        long since = dropped;
        dropped = 0;
        return since;
    }

    // ---- the line of now ----

    /** Packets that are whole now. */
    List<byte[]> packets() {
        long now = clock.nanos();
        reassembly.expire(now);
        List<byte[]> whole = new ArrayList<>();
        for (byte[] message = take(); message != null; message = take()) {
            whole.addAll(reassembly.accept(message, now));
        }
        return whole;
    }

    private synchronized byte[] take() {
        return arrived.poll();
    }

    /** Messages and pieces that were none, since the last call. */
    long takeMalformed() {
        return reassembly.takeMalformed();
    }

    /** The message that has to be sent, again or for the first time; empty where nothing waits. */
    Optional<Pending> pending(Predicate<Outbox.Waiting> isWorth) {
        if (pending.isEmpty()) {
            pending = pieces.next(() -> outbox.take(isWorth).map(Outbox.Waiting::packet))
                    .map(payload -> new Pending(random.nextInt(), payload, clock.nanos()));
        }
        return pending;
    }

    /** The message needs not be sent any more. */
    void settled() {
        pending = Optional.empty();
        unconfirmed = 0;
    }

    /** Nobody knows whether the gateway has taken the message. */
    void unconfirmed() {
        unconfirmed++;
    }

    /** Drops the message that was not taken for too long, or may have been paid too often; true where there was one. */
    boolean givesUp() {
        boolean isOld = pending.filter(message -> unconfirmed >= MOST_UNCONFIRMED
                        || clock.nanos() - message.sinceNanos() > rules.giveUp().toNanos())
                .isPresent();
        if (isOld) {
            settled();
        }
        return isOld;
    }
}
