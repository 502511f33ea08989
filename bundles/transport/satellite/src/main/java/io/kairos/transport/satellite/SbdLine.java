package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * A short-burst modem: messages go and come in sessions, each of which takes half a minute and costs. One thread does
 * everything.
 */
final class SbdLine implements Line {

    private static final Duration WITHOUT_SIGNAL = Duration.ofSeconds(30);

    private final SbdSettings.ModemUse use;
    private final Supplier<ByteStream> modems;
    private final StoreReference store;
    private final Clock clock;
    private final Consumer<Duration> again;
    private final Logger log;
    private final Outbox outbox;
    private final SecureRandom random = new SecureRandom();

    private volatile LinkBudget linkBudget;
    private volatile boolean isUp;

    // ---- guarded by this ----
    private ByteStream stream;
    private boolean closed;

    // ---- owned by the line's thread ----
    private final Pieces pieces;
    private final Reassembly reassembly;
    private final BackOff backOff = new BackOff(random);
    private Optional<byte[]> pending = Optional.empty();
    private long pendingSince;
    private boolean isLoaded;
    private boolean more;
    private long notBefore;
    private long lookAt;

    /**
     * @param modems opens the way to the modem
     * @param again told when it is worth to try again, where that is known
     */
    SbdLine(
            SbdSettings.ModemUse use,
            Supplier<ByteStream> modems,
            StoreReference store,
            Clock clock,
            Consumer<Duration> again,
            Logger log) {
        this.use = use;
        this.modems = modems;
        this.store = store;
        this.clock = clock;
        this.again = again;
        this.log = log;
        this.outbox = new Outbox(use.queueBytes());
        this.linkBudget = use.costs().usual();
        this.pieces = new Pieces(random.nextInt(), use.messageBytes());
        this.reassembly = new Reassembly(use.pieces(), use.longest());
    }

    LinkBudget budget() {
        return linkBudget;
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return isUp
                && packet.remaining() <= Math.min(use.longest(), Pieces.longestPacket(use.messageBytes()))
                && outbox.offer(packet);
    }

    @Override
    public void close() {
        ByteStream open;
        synchronized (this) {
            closed = true;
            isUp = false;
            open = stream;
            stream = null;
        }
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        if (use.creditsPerMonth() > 0) {
            store.await(clock);
        }
        MonthlyBudget budget = MonthlyBudget.load(
                store::get, SatelliteChecks.document(use.name()), use.creditsPerMonth(), clock.wallMillis());
        try {
            refuseWhereItCannotBeUsed(budget);
            SbdModem modem = new SbdModem(open(), clock);
            modem.begin(use.ring());
            linkBudget = use.costs().now(budget, clock.wallMillis());
            notBefore = clock.nanos();
            lookAt = clock.nanos();
            isUp = true;
            events.up("the modem answers");
            while (true) {
                step(modem, budget, events);
            }
        } catch (AtModem.Closed closing) {
            return;
        } finally {
            close();
            budget.close();
        }
    }

    private ByteStream open() {
        ByteStream fresh = modems.get();
        synchronized (this) {
            if (!closed) {
                stream = fresh;
                return fresh;
            }
        }
        fresh.close();
        throw new AtModem.Closed();
    }

    private void refuseWhereItCannotBeUsed(MonthlyBudget budget) {
        long now = clock.wallMillis();
        use.costs().obstacle(budget, 1, now).ifPresent(why -> {
            if (why.kind() == Failure.Kind.NETWORK) {
                again.accept(use.costs().windows().untilChange(now));
            }
            throw why;
        });
    }

    private void step(SbdModem modem, MonthlyBudget budget, LineEvents events) {
        reassembly.expire(clock.nanos());
        refuseWhereItCannotBeUsed(budget);
        if (pending.isEmpty()) {
            pending = pieces.next(
                    () -> outbox.take(waiting -> isWorth(waiting, budget)).map(Outbox.Waiting::packet));
            pendingSince = clock.nanos();
            isLoaded = false;
        }
        boolean hasRung = modem.takeRing();
        more |= hasRung;
        boolean looks = !use.mailbox().isZero() && clock.nanos() - lookAt >= 0;
        if ((pending.isPresent() || more || looks) && clock.nanos() - notBefore >= 0) {
            if (use.signalLeast() > 0 && modem.signal() < use.signalLeast()) {
                notBefore = clock.nanos() + WITHOUT_SIGNAL.toNanos();
                giveUpWhatIsTooOld(modem);
                return;
            }
            meet(modem, hasRung, budget, events);
        } else {
            modem.idle();
        }
    }

    private boolean isWorth(Outbox.Waiting waiting, MonthlyBudget budget) {
        long now = clock.wallMillis();
        return use.reserve().allows(waiting.urgency(), budget.remainingShare(now))
                && use.credits(waiting.packet().length) <= budget.remaining(now);
    }

    /** One session. */
    private void meet(SbdModem modem, boolean answersRing, MonthlyBudget budget, LineEvents events) {
        if (pending.isPresent() && !isLoaded) {
            modem.load(pending.get());
            isLoaded = true;
        }
        budget.keep();
        SbdResult result = modem.session(answersRing);
        long credits = result.hasAsked() && pending.isEmpty() && !result.hasMessage() ? use.creditMailbox() : 0;
        credits += settle(modem, result);
        if (result.hasMessage()) {
            byte[] message = modem.message();
            credits += use.credits(message.length);
            for (byte[] packet : reassembly.accept(message, clock.nanos())) {
                events.packet(ByteBuffer.wrap(packet));
            }
            events.malformed(reassembly.takeMalformed());
            events.endOfBurst();
        }
        if (result.hasAsked()) {
            more = result.waiting() > 0;
            lookAt = clock.nanos() + use.mailbox().toNanos();
        }
        spend(budget, credits, events);
    }

    /** What became of the message from here, and what it has cost. */
    private long settle(SbdModem modem, SbdResult result) {
        long credits = 0;
        switch (result.verdict()) {
            case SENT -> {
                credits = pending.map(message -> use.credits(message.length)).orElse(0L);
                forgetPending(modem);
                backOff.succeeded();
            }
            case REFUSED -> {
                log.warn("Interface {}: the network does not take a message of this kind; it is dropped", use.name());
                forgetPending(modem);
            }
            case BARRED ->
                throw new MeshException(
                        Failure.Kind.NETWORK,
                        "The network or the modem refuses sessions (status " + result.sent() + ")",
                        "15, 16: contract or lock of the modem; 33: antenna; 34: the radio is switched off;"
                                + " 64, 65: the modem itself.");
            case LATER -> notBefore = clock.nanos() + backOff.later().toNanos();
            case AGAIN -> notBefore = clock.nanos() + backOff.failed().toNanos();
        }
        giveUpWhatIsTooOld(modem);
        return credits;
    }

    private void forgetPending(SbdModem modem) {
        if (pending.isPresent()) {
            modem.clear(); // or the next session would send it once more
            pending = Optional.empty();
        }
    }

    private void giveUpWhatIsTooOld(SbdModem modem) {
        if (pending.isPresent() && clock.nanos() - pendingSince > use.giveUp().toNanos()) {
            log.warn(
                    "Interface {}: the network has not taken a message for {} minutes; it is dropped. Is the sky free?",
                    use.name(),
                    use.giveUp().toMinutes());
            forgetPending(modem);
        }
    }

    private void spend(MonthlyBudget budget, long credits, LineEvents events) {
        if (credits > 0) {
            budget.spend(credits, clock.wallMillis());
            budget.keep();
        }
        LinkBudget now = use.costs().now(budget, clock.wallMillis());
        if (!now.equals(linkBudget)) {
            linkBudget = now;
            events.changed();
        }
    }
}
