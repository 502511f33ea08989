package io.kairos.transport.pipe;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges packets with a program over its standard input and output and starts it again for as long as it is configured.
 * Compatible with Reticulum's interface of this kind.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.pipe",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + PipeInterface.KIND_NAME)
@Designate(ocd = PipeConfig.class, factory = true)
public final class PipeInterface implements MeshInterface {

    static final String KIND_NAME = "pipe";

    private static final Logger LOG = LoggerFactory.getLogger(PipeInterface.class);

    private static final Duration MOST_TO_CLOSE = Duration.ofMillis(200);

    private final Clock clock;
    private final Timers timers;
    private final InterfaceTally tally = new InterfaceTally();

    /** Owned by whoever opens or closes. */
    private final Object switching = new Object();

    private volatile PipeSettings settings;
    private volatile PacketSink sink;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    /** The program that runs; {@code null} while there is none. */
    private volatile ProgramRun run;

    // ---- guarded by this ----
    private Thread reader; // the one that counts
    private Timers.Timer restart;
    private RestartPace pace;
    private boolean closed;

    @Activate
    public PipeInterface(
            PipeConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        this.clock = clock;
        this.timers = timers;
        try {
            settings = PipeSettings.from(config, properties);
        } catch (RuntimeException refused) { // also what the container says when a value cannot be converted
            settings = PipeSettings.refused(properties);
            status = InterfaceStatus.down(failure(refused));
            return;
        }
        open();
    }

    /** Settings changed. The program runs on unless it depends on what changed. */
    @Modified
    void modified(PipeConfig config, Map<String, Object> properties) {
        PipeSettings changed;
        try {
            changed = PipeSettings.from(config, properties);
        } catch (RuntimeException refused) {
            LOG.warn(
                    "Interface {} goes on with its last settings: {}",
                    name(),
                    failure(refused).message());
            return;
        }
        synchronized (switching) {
            boolean isSameLine = changed.line().equals(settings.line());
            if (!isSameLine) {
                hangUp();
            }
            settings = changed;
            if (!isSameLine) {
                open();
            }
        }
        tellCore();
    }

    @Override
    public String name() {
        return settings.line().name();
    }

    @Override
    public String kind() {
        return KIND_NAME;
    }

    @Override
    public String description() {
        return "PipeInterface[" + name() + "]";
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
        return status;
    }

    @Override
    public LinkBudget budget() {
        return settings.line().budget();
    }

    @Override
    public InterfacePolicy policy() {
        return settings.policy();
    }

    @Override
    public InterfaceCounters counters() {
        return tally.read();
    }

    @Override
    public void send(ByteBuffer packet) {
        ProgramRun running = run;
        int bytes = packet.remaining();
        if (running != null && bytes <= settings.line().longest() && running.offer(packet, settings.queueBytes())) {
            tally.sent(bytes);
        } else {
            tally.droppedOutgoing();
        }
    }

    @Deactivate
    @Override
    public void close() {
        synchronized (switching) {
            synchronized (this) {
                closed = true;
                status = InterfaceStatus.of(InterfaceState.CLOSED);
            }
            sink = null;
            hangUp();
        }
    }

    /** Begins with the settings of now; called while holding {@link #switching} or from the constructor. */
    private synchronized void open() {
        if (closed) {
            return;
        }
        if (!settings.policy().enabled()) {
            status = InterfaceStatus.of(InterfaceState.DISABLED);
            return;
        }
        status = InterfaceStatus.of(InterfaceState.STARTING);
        pace = new RestartPace(settings.line().firstDelay(), settings.line().longestDelay());
        startReader();
    }

    /** Ends the program and its threads; nothing they still say counts. */
    private void hangUp() {
        Thread last;
        ProgramRun running;
        synchronized (this) {
            last = reader;
            running = run;
            reader = null;
            run = null;
            if (restart != null) {
                restart.cancel();
                restart = null;
            }
        }
        if (running != null) {
            running.close();
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

    private synchronized void startReader() {
        if (closed) {
            return;
        }
        ProgramRun fresh = new ProgramRun(settings.line());
        run = fresh;
        reader = new Thread(
                () -> runOnce(fresh), "kairos-pipe-" + settings.line().name() + "-read");
        reader.setDaemon(true);
        reader.start();
    }

    private synchronized void tryAgain() {
        if (restart != null) { // not cancelled in the very moment in which it fired
            restart = null;
            startReader();
        }
    }

    // ---- the reading thread ----

    private void runOnce(ProgramRun running) {
        long start = clock.nanos();
        Failure why = running.run(new Delivery());
        Duration pause;
        boolean news;
        synchronized (this) {
            if (closed || run != running) {
                return;
            }
            run = null;
            news = !why.equals(status.failure().orElse(null));
            status = InterfaceStatus.down(why);
            pause = pace.after(Duration.ofNanos(clock.nanos() - start));
            restart = timers.after(pause, this::tryAgain);
        }
        if (news) {
            LOG.warn("Interface {} is down: {}. Next attempt in {} s", name(), why.message(), pause.toSeconds());
        }
        tellCore();
    }

    private void isUp() {
        synchronized (this) {
            if (closed || Thread.currentThread() != reader) {
                return;
            }
            status = InterfaceStatus.of(InterfaceState.UP);
        }
        LOG.info("Interface {} is up: its program runs", name());
        tellCore();
    }

    private void tellCore() {
        PacketSink core = sink;
        if (core != null) {
            guarded(core::changed);
        }
    }

    /** Hands packets to the core, whichever is attached at that moment. */
    private final class Delivery implements ProgramRun.Listener {

        private PacketSink burstSink;

        @Override
        public void started() {
            isUp();
        }

        @Override
        public void packet(ByteBuffer packet) {
            PacketSink core = sink;
            if (core == null) {
                tally.droppedIncoming();
                return;
            }
            tally.received(packet.remaining());
            burstSink = core;
            guarded(() -> core.received(packet));
        }

        @Override
        public void malformed(long frames) {
            tally.malformed(frames);
        }

        @Override
        public void endOfBurst() {
            PacketSink used = burstSink;
            burstSink = null;
            if (used != null && used == sink) {
                guarded(used::endOfBurst);
            }
        }
    }

    /** A fault of the core costs one packet, not the interface. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            LOG.error(
                    "The core failed on a packet of interface {}; this is a fault of Kairos, please report it",
                    name(),
                    fault);
        }
    }

    private static Failure failure(RuntimeException refused) {
        return refused instanceof MeshException known
                ? known.failure()
                : new Failure(
                        Failure.Kind.CONFIGURATION,
                        "A setting cannot be read: " + refused.getMessage(),
                        "Correct it; the bundle's README lists all settings.");
    }
}
