package org.example.satellite;

import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Reading;
import io.kairos.lib.framing.HdlcStreamDecoder;
import io.kairos.lib.medium.paid.MonthlyBudget;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One satellite modem as the node sees it: packets in and out, what they cost, and whether it can be used now. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "org.example.transport.satellite",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + SatelliteInterface.KIND_NAME)
@Designate(ocd = SatelliteConfig.class, factory = true)
public final class SatelliteInterface implements MeshInterface {

    static final String KIND_NAME = "satellite";

    private static final Logger LOG = LoggerFactory.getLogger(SatelliteInterface.class);
    private static final String THREADS = "kairos-satellite-";

    private final SatelliteSettings settings;
    private final InterfaceTally tally = new InterfaceTally();
    private final Clock clock;

    /** {@code null} while disabled or refused. */
    private final MonthlyBudget budget;

    private final SatelliteLine line;
    private final ExecutorService disk;
    private final AtomicBoolean keeping = new AtomicBoolean();

    private volatile PacketSink sink;
    private volatile InterfaceStatus fixed; // while there is no line, and at the end
    private volatile InterfaceState told = InterfaceState.STARTING;

    @Activate
    public SatelliteInterface(
            SatelliteConfig config,
            Map<String, Object> properties,
            @Reference Store store,
            @Reference Clock clock,
            @Reference Timers timers) {
        this(config, properties, store, clock, timers, SatelliteInterface::tcpModem);
    }

    /** Where modems come from. */
    interface Modems {
        Modem make(SatelliteSettings settings);
    }

    SatelliteInterface(
            SatelliteConfig config,
            Map<String, Object> properties,
            Store store,
            Clock clock,
            Timers timers,
            Modems modems) {
        this.clock = clock;
        SatelliteSettings checked;
        InterfaceStatus refusal = null;
        try {
            checked = SatelliteSettings.from(config, properties);
        } catch (MeshException refused) {
            checked = SatelliteSettings.refused(properties);
            refusal = InterfaceStatus.down(refused.failure());
        }
        settings = checked;
        if (refusal == null && settings.policy().enabled()) {
            disk = new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    SatelliteInterface::diskThread,
                    new ThreadPoolExecutor.DiscardPolicy()) /* what comes after the end */;
            MonthlyBudget.Book book =
                    new AccountDocument(store, "satellite/" + settings.name().toLowerCase(Locale.ROOT));
            budget = MonthlyBudget.load(settings.name(), book, settings.bytesPerMonth(), clock.wallMillis());
            Supplier<Modem> supply = () -> modems.make(settings);
            line = new SatelliteLine(settings, budget, supply, clock, timers, new Deframer());
            line.start();
        } else {
            disk = null;
            budget = null;
            line = null;
            fixed = refusal != null ? refusal : InterfaceStatus.of(InterfaceState.DISABLED);
        }
    }

    private static Modem tcpModem(SatelliteSettings settings) {
        return new TcpModem(THREADS + settings.name(), settings.modemHost(), settings.modemPort());
    }

    private static Thread diskThread(Runnable task) {
        Thread thread = new Thread(task, THREADS + "account");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return KIND_NAME;
    }

    @Override
    public String description() {
        return "SatelliteInterface[" + settings.name() + "]";
    }

    @Override
    public void attach(PacketSink core) {
        sink = core;
    }

    @Override
    public void detach() {
        sink = null;
    }

    @Override
    public InterfaceStatus status() {
        InterfaceStatus last = fixed;
        return last != null ? last : line.status();
    }

    @Override
    public LinkBudget budget() {
        return line != null ? line.budget() : settings.costs().usual();
    }

    @Override
    public InterfacePolicy policy() {
        return settings.policy();
    }

    @Override
    public InterfaceCounters counters() {
        return tally.read();
    }

    /** What is left of the month's money, for iface:show. */
    @Override
    public List<Reading> readings() {
        return budget == null || budget.isFree()
                ? List.of()
                : budget.standing(clock.wallMillis()).readings("bytes");
    }

    /** Bytes that may still be spent this month. */
    long remainingBytes() {
        return budget.remaining(clock.wallMillis());
    }

    @Override
    public void send(ByteBuffer packet) {
        int bytes = packet.remaining();
        if (fixed == null && bytes <= settings.longest() && line.offer(packet)) {
            tally.sent(bytes);
        } else {
            tally.droppedOutgoing();
        }
    }

    @Deactivate
    @Override
    public void close() {
        fixed = InterfaceStatus.of(InterfaceState.CLOSED);
        sink = null;
        if (line == null || disk.isShutdown()) {
            return;
        }
        line.close();
        disk.execute(budget::close);
        disk.shutdown();
        try {
            if (!disk.awaitTermination(500, TimeUnit.MILLISECONDS)) {
                LOG.warn("Interface {}: the disk is slow; the budget of this month may be written late", name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finds packets in the stream and hands them to the core, whichever is attached at that moment. */
    private final class Deframer implements SatelliteLine.Owner {

        private final HdlcStreamDecoder decoder = HdlcStreamDecoder.forInterface(settings.longest());
        private long malformed; // owned by the modem's thread
        private PacketSink burst; // owned by the modem's thread

        @Override
        public void received(byte[] bytes, int length) {
            decoder.feed(ByteBuffer.wrap(bytes, 0, length), this::packet);
            long all = decoder.malformedFrames();
            if (all > malformed) {
                tally.malformed(all - malformed);
                malformed = all;
            }
            PacketSink used = burst;
            burst = null;
            if (used != null && used == sink) {
                guarded(used::endOfBurst);
            }
        }

        private void packet(ByteBuffer packet) {
            PacketSink core = sink;
            if (core == null) {
                tally.droppedIncoming();
                return;
            }
            tally.received(packet.remaining());
            burst = core;
            guarded(() -> core.received(packet));
        }

        @Override
        public void reset() {
            decoder.reset();
        }

        @Override
        public void changed() {
            InterfaceState now = status().state();
            if (now != told) {
                told = now;
                LOG.info("Interface {} is {}", name(), now);
            }
            PacketSink core = sink;
            if (core != null) {
                guarded(core::changed);
            }
        }

        @Override
        public void spent() {
            if (keeping.compareAndSet(false, true)) { // the disk may take its time, the modem's thread may not
                disk.execute(() -> {
                    keeping.set(false);
                    budget.keep();
                });
            }
        }

        @Override
        public void dropped(long packets) {
            for (long i = 0; i < packets; i++) {
                tally.droppedOutgoing();
            }
        }
    }

    /** A fault of the core costs one packet, not the interface. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            LOG.error("The core failed on a packet of interface {}", name(), fault);
        }
    }
}
