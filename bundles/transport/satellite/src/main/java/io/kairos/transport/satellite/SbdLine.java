package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.medium.paid.Outbox;
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
    private final Account account;
    private final Clock clock;
    private final Consumer<Duration> again;
    private final Logger log;
    private final Outbox outbox;
    private final SecureRandom random = new SecureRandom();

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
            Account account,
            Clock clock,
            Consumer<Duration> again,
            Logger log) {
        this.use = use;
        this.modems = modems;
        this.account = account;
        this.clock = clock;
        this.again = again;
        this.log = log;
        this.outbox = new Outbox(use.queueBytes());
        this.pieces = new Pieces(random.nextInt(), use.messageBytes());
        this.reassembly = new Reassembly(use.pieces(), use.longest());
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
        account.open();
        try {
            account.require(1, again);
            SbdModem modem = new SbdModem(open(), clock);
            modem.begin(use.ring());
            notBefore = clock.nanos();
            lookAt = clock.nanos();
            isUp = true;
            events.up("the modem answers");
            while (true) {
                step(modem, events);
            }
        } catch (AtModem.Closed closing) {
            return;
        } finally {
            close();
            account.close();
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

    private void step(SbdModem modem, LineEvents events) {
        reassembly.expire(clock.nanos());
        account.require(1, again);
        if (pending.isEmpty()) {
            pending = pieces.next(() -> outbox.take(this::isWorth).map(Outbox.Waiting::packet));
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
            meet(modem, hasRung, events);
        } else {
            modem.idle();
        }
    }

    private boolean isWorth(Outbox.Waiting waiting) {
        return account.isWorth(waiting, use.credits(waiting.packet().length));
    }

    /** One session. */
    private void meet(SbdModem modem, boolean answersRing, LineEvents events) {
        if (pending.isPresent() && !isLoaded) {
            modem.load(pending.get());
            isLoaded = true;
        }
        account.keep();
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
        spend(credits, events);
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

    private void spend(long credits, LineEvents events) {
        boolean differs = account.spend(credits);
        if (credits > 0) {
            account.keep();
        }
        if (differs) {
            events.changed();
        }
    }
}
