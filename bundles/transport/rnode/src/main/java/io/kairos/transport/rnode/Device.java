package io.kairos.transport.rnode;

import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Signal;
import io.kairos.lib.serial.Arrivals;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One opened RNode, from opening its port to closing it. Two threads: the one that calls {@link #run} reads and sets the
 * device up, another writes packets when they may leave.
 */
final class Device {

    private static final Logger LOG = LoggerFactory.getLogger(Device.class);

    private static final Duration LONGEST_READ = Duration.ofMillis(100); // so that closing is noticed soon
    private static final Duration LAST_PATIENCE = Duration.ofMillis(500);
    private static final Duration LAST_WORDS = Duration.ofMillis(200);
    private static final int READ_BYTES = 4_096;

    private final DeviceSettings settings;
    private final RadioPort.Opener opener;
    private final Arrivals arrivals;
    private final Clock clock;
    private final Timers timers;
    private final AirtimeBook book;
    private final Statistics statistics;
    private final Outbox outbox;
    private final Object writing = new Object();

    private volatile boolean closed;
    private volatile RadioPort port;

    /** Written by whichever thread writes to the device. */
    private volatile long lastPacket;

    Device(
            DeviceSettings settings,
            RadioPort.Opener opener,
            Arrivals arrivals,
            Clock clock,
            Timers timers,
            AirtimeBook book,
            Statistics statistics) {
        this.settings = settings;
        this.opener = opener;
        this.arrivals = arrivals;
        this.clock = clock;
        this.timers = timers;
        this.book = book;
        this.statistics = statistics;
        this.outbox = new Outbox(clock, settings.hasSeveral(), settings.queueBytes());
    }

    /** Takes one packet for a radio; false where it is dropped. Threads: any; never blocks. */
    boolean offer(int radio, ByteBuffer packet) {
        return packet.remaining() <= CommandDecoder.LONGEST && outbox.offer(radio, packet);
    }

    /**
     * Opens the device and reads it until it ends or is closed.
     *
     * @throws MeshException why it could not be used or has ended
     */
    void run(DeviceEvents events) throws InterruptedException {
        book.open(settings, () -> closed);
        if (closed) {
            return;
        }
        Thread writer = null;
        try (RadioPort opened = opener.open(settings)) {
            port = opened;
            Conversation conversation = new Conversation(opened, events);
            writer = new Thread(() -> write(opened), "kairos-rnode-" + settings.name() + "-write");
            writer.setDaemon(true);
            writer.start();
            conversation.go();
        } catch (MeshException gone) {
            expect();
            throw gone;
        } finally {
            port = null;
            outbox.close();
            awaitEnd(writer);
            book.close();
        }
    }

    private void expect() {
        if (!settings.isTcp()) {
            arrivals.expect(settings.port());
        }
    }

    /** Ends {@link #run} soon; the device is told to switch its radio off. Threads: any. */
    void close() {
        closed = true;
        outbox.close();
        RadioPort open = port;
        if (open != null) {
            timers.after(LAST_PATIENCE, open::close); // for a device that takes nothing any more
        }
    }

    private static void awaitEnd(Thread writer) {
        if (writer == null) {
            return;
        }
        try {
            writer.join(LAST_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(RadioPort opened) {
        try {
            for (Outbox.Outgoing next = outbox.take(); next != null; next = outbox.take()) {
                if (next.isPacket()) {
                    book.sending();
                }
                lastPacket = clock.nanos();
                synchronized (writing) {
                    opened.write(next.bytes());
                }
                if (next.isPacket()) {
                    statistics.put(budgetName(next.radio()), 100 * outbox.usedShare(next.radio()), "%");
                }
            }
        } catch (MeshException e) {
            LOG.debug("Interface {}: writing ended: {}", settings.name(), e.getMessage());
            opened.close(); // a device without ears is of no use; the reading thread sees its end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String budgetName(int radio) {
        return settings.radios().stream()
                .filter(each -> settings.hasSeveral() && each.index() == radio)
                .map(each -> each.name() + "_sent_1h")
                .findFirst()
                .orElse("sent_1h");
    }

    /** Owned by the reading thread. */
    private final class Conversation implements DeviceEvents {

        private final RadioPort opened;
        private final DeviceEvents listener;
        private final CommandDecoder decoder = new CommandDecoder();
        private final Timing timing;
        private final RNodeMachine machine;
        private long lastByte;
        private long malformed;

        Conversation(RadioPort opened, DeviceEvents listener) {
            this.opened = opened;
            this.listener = listener;
            long now = clock.nanos();
            timing = settings.isTcp() ? Timing.tcp() : Timing.serial(settings.settle());
            machine = new RNodeMachine(settings, timing, this::tell, this, statistics, now);
            lastPacket = now;
        }

        void go() {
            listener.starting("The device is asked what it is and set up");
            byte[] buffer = new byte[READ_BYTES];
            while (!closed) {
                long now = clock.nanos();
                machine.written(lastPacket);
                machine.tick(now);
                int count = opened.read(buffer, patience(clock.nanos()));
                if (count == RadioPort.CLOSED) {
                    break;
                }
                take(buffer, count, clock.nanos());
            }
            leave(buffer);
        }

        /** Over TCP the device needs a moment to hear the last words; closing at once would take them away. */
        private void leave(byte[] buffer) {
            tell(machine.goodbye());
            long end = clock.nanos() + LAST_WORDS.toNanos();
            for (long left = settings.isTcp() ? LAST_WORDS.toNanos() : 0; left > 0; left = end - clock.nanos()) {
                if (opened.read(buffer, Duration.ofNanos(left)) == RadioPort.CLOSED) {
                    return;
                }
            }
        }

        private Duration patience(long now) {
            Duration next = machine.untilTick(now);
            return next.compareTo(LONGEST_READ) < 0 ? next : LONGEST_READ;
        }

        private void take(byte[] buffer, int count, long now) {
            boolean isStale = decoder.isInsidePacket()
                    && now - lastByte > timing.partialPacket().toNanos();
            if (isStale) {
                decoder.reset();
            }
            if (count > 0) {
                lastByte = now;
                decoder.feed(
                        ByteBuffer.wrap(buffer, 0, count),
                        (command, payload) -> machine.command(command, payload, now));
                listener.endOfBurst();
            }
            long before = malformed;
            malformed = decoder.malformed();
            if (malformed > before) {
                listener.malformed(malformed - before);
            }
        }

        private void tell(byte[] bytes) {
            synchronized (writing) {
                opened.write(ByteBuffer.wrap(bytes));
            }
        }

        @Override
        public void starting(String waitsFor) {
            listener.starting(waitsFor);
        }

        @Override
        public void up(String news) {
            arrivals.cancel();
            for (RadioSettings radio : settings.radios()) {
                IdBeacon beacon = new IdBeacon(settings.callsign(), settings.callsignEvery());
                outbox.open(radio.index(), book.transmitter(radio), beacon);
            }
            listener.up(news);
        }

        @Override
        public void packet(int radio, ByteBuffer packet, Signal signal) {
            listener.packet(radio, packet, signal);
        }

        @Override
        public void ready(int radio, boolean isReady) {
            outbox.ready(radio, isReady);
        }

        @Override
        public void malformed(long frames) {
            listener.malformed(frames);
        }

        @Override
        public void endOfBurst() {
            listener.endOfBurst();
        }
    }
}
