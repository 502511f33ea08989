package org.example.hello;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured medium. It keeps the contract, so that {@link HelloMedium} need not know it:
 *
 * <ul>
 *   <li>The constructor never throws and never waits. Wrong settings make an interface that is down and says why.
 *   <li>One thread opens the medium and reads it, one writes; where the medium fails, a timer starts them again.
 *   <li>Whoever sends only copies the packet into a bounded queue.
 *   <li>{@link #close()} ends everything within a second. Other settings make a new instance.
 * </ul>
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "org.example.transport.hello",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + HelloInterface.KIND_NAME)
@Designate(ocd = HelloConfig.class, factory = true)
public final class HelloInterface implements MeshInterface {

    static final String KIND_NAME = "hello";

    private static final Logger LOG = LoggerFactory.getLogger(HelloInterface.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final HelloSettings settings;
    private final Timers timers;
    private final InterfaceTally tally = new InterfaceTally();

    private volatile PacketSink sink;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    /** What is open now; {@code null} while nothing is. */
    private volatile Line line;

    // ---- guarded by this ----
    private Duration pause = FIRST_PAUSE;
    private Timers.Timer retry;
    private boolean closed;

    /** An open medium and what waits to be sent on it. */
    private record Line(HelloMedium medium, SendQueue queue) {

        void close() {
            queue.close();
            medium.close();
        }
    }

    @Activate
    public HelloInterface(HelloConfig config, Map<String, Object> properties, @Reference Timers timers) {
        this.timers = timers;
        HelloSettings checked;
        try {
            checked = HelloSettings.from(config, properties);
        } catch (MeshException refused) {
            settings = HelloSettings.refused(properties);
            status = InterfaceStatus.down(refused.failure());
            return;
        }
        settings = checked;
        if (settings.policy().enabled()) {
            start();
        } else {
            status = InterfaceStatus.of(InterfaceState.DISABLED);
        }
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return KIND_NAME;
    }

    /** Must stay the same while the settings do: stored paths are bound to it. */
    @Override
    public String description() {
        return "HelloInterface[" + settings.name() + "]";
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
        return settings.budget();
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
        Line open = line;
        int bytes = packet.remaining();
        if (open != null && bytes <= settings.longest() && open.queue().offer(packet)) {
            tally.sent(bytes);
        } else {
            tally.droppedOutgoing();
        }
    }

    @Deactivate
    @Override
    public void close() {
        Line last;
        synchronized (this) {
            closed = true;
            status = InterfaceStatus.of(InterfaceState.CLOSED);
            sink = null;
            last = line;
            if (retry != null) {
                retry.cancel();
            }
        }
        if (last != null) {
            last.close();
        }
    }

    // ---- the two threads ----

    private synchronized void start() {
        if (!closed) {
            thread("read", this::openAndRead);
        }
    }

    private void openAndRead() {
        try (HelloMedium medium = new HelloMedium(settings)) {
            Line mine = new Line(medium, new SendQueue());
            if (!isUp(mine)) {
                return;
            }
            thread("write", () -> write(mine));
            byte[] buffer = new byte[settings.longest() + 1]; // one more, so that what is too long is noticed
            while (true) {
                deliver(buffer, medium.receive(buffer));
            }
        } catch (IOException e) {
            isDown(e);
        }
    }

    private void write(Line mine) {
        try {
            for (byte[] packet = mine.queue().take();
                    packet != null;
                    packet = mine.queue().take()) {
                mine.medium().send(packet);
            }
        } catch (IOException e) {
            LOG.debug("Interface {} could not send: {}", name(), e.toString());
            mine.close(); // the reading thread notices and tries again later
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(byte[] buffer, int length) {
        PacketSink core = sink;
        if (length < 1 || length > settings.longest()) {
            tally.malformed(1);
        } else if (core == null) {
            tally.droppedIncoming();
        } else {
            tally.received(length);
            guarded(() -> {
                core.received(ByteBuffer.wrap(buffer, 0, length));
            });
            guarded(core::endOfBurst); // a medium that reads several packets at once ends the burst after the last
        }
    }

    private boolean isUp(Line mine) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            line = mine;
            pause = FIRST_PAUSE;
            status = InterfaceStatus.of(InterfaceState.UP);
        }
        LOG.info("Interface {} is up", name());
        tellCore();
        return true;
    }

    private void isDown(IOException e) {
        Failure why = HelloMedium.failure(settings, e);
        Line last;
        synchronized (this) {
            last = line;
            line = null;
            if (!closed) {
                status = InterfaceStatus.down(why);
                retry = timers.after(pause, this::start);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
        if (last != null) {
            last.close();
        }
        if (status.state() == InterfaceState.DOWN) {
            LOG.warn("Interface {} is down: {}. {}", name(), why.message(), why.remedy());
            tellCore();
        }
    }

    private void tellCore() {
        PacketSink core = sink;
        if (core != null) {
            guarded(core::changed);
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

    private void thread(String job, Runnable task) {
        Thread thread = new Thread(task, "kairos-hello-" + name() + "-" + job);
        thread.setDaemon(true);
        thread.start();
    }
}
