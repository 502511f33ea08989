package io.kairos.lib.medium;

import io.kairos.api.failure.Failure;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Neighbour;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Reading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Keeps the contract of {@link MeshInterface} for a medium that one thread opens and reads. A transport gives it lines and
 * settings: its constructor ends with {@link #begin}, its {@code @Modified} method calls {@link #change}, and its
 * {@code @Deactivate} method is {@link #close}.
 *
 * <p>Threads: any. The line of now is replaced under a lock that no other method takes.
 *
 * @param <S> settings of this kind of medium
 */
public abstract class LineInterface<S extends LineSettings> implements MeshInterface {

    private final String kind;
    private final Clock clock;
    private final Timers timers;
    private final Logger log;
    private final LineKeeper keeper;

    /** Owned by whoever opens or closes: settings may change while the core holds or lets go. */
    private final Object switching = new Object();

    private volatile S settings;

    // ---- guarded by switching ----
    private Optional<Failure> held = Optional.empty();
    private boolean refused;
    private boolean closed;

    /**
     * @param kind the kind of medium, the value of {@link MeshInterface#KIND}
     * @param log the transport's own
     */
    protected LineInterface(String kind, Clock clock, Timers timers, Logger log) {
        this.kind = kind;
        this.clock = clock;
        this.timers = timers;
        this.log = log;
        this.keeper = new LineKeeper(kind, this::name, clock, timers, log);
    }

    /** A new line for these settings; opens nothing and never fails. Any thread, also while {@link #begin} runs. */
    protected abstract Line newLine(S of);

    /** The pauses between attempts; five seconds each unless overridden. A new object for each call. */
    protected RetryPace pace(S of) {
        return RetryPace.every(Duration.ofSeconds(5));
    }

    /** The line is about to be opened with the settings of now. Called while holding the lock. */
    void opens() {}

    /** The line is closed, because of other settings or for good; nothing may be open any more. Called while holding the lock. */
    void hungUp() {}

    /**
     * The last thing a constructor does.
     *
     * @param read checks the settings; what it throws is shown as the failure of an interface that is down
     * @param fallback settings for one that is only shown
     */
    protected final void begin(Supplier<S> read, Supplier<S> fallback) {
        synchronized (switching) {
            try {
                settings = read.get();
            } catch (RuntimeException wrong) { // also what the container says when a value cannot be converted
                refused = true;
                settings = fallback.get();
                keeper.rest(InterfaceStatus.down(Checks.failure(wrong)));
                return;
            }
            open();
        }
    }

    /** Settings changed. The line stays unless it depends on what changed; settings that are refused change nothing. */
    protected final void change(Supplier<S> read) {
        S changed;
        try {
            changed = read.get();
        } catch (RuntimeException wrong) {
            log.warn(
                    "Interface {} goes on with its last settings: {}",
                    name(),
                    Checks.failure(wrong).message());
            return;
        }
        synchronized (switching) {
            boolean isSameLine = !refused
                    && changed.line().equals(settings.line())
                    && changed.policy().enabled() == settings.policy().enabled();
            if (!isSameLine) {
                hangUp();
            }
            refused = false;
            settings = changed;
            if (!isSameLine) {
                open();
            }
        }
        keeper.tellCore();
    }

    /** The settings of now. */
    protected final S settings() {
        return settings;
    }

    /** Something has come that may help: a device, a daemon. The next attempt is made at once. Threads: any. */
    protected final void tryNow() {
        keeper.tryNow();
    }

    /** Status, budget or endpoints are others now. */
    protected final void tellCore() {
        keeper.tellCore();
    }

    /** The core, or {@code null}. */
    final PacketSink sink() {
        return keeper.sink();
    }

    final LineKeeper newKeeper(Supplier<String> name) {
        return new LineKeeper(kind, name, clock, timers, log);
    }

    @Override
    public final String name() {
        S current = settings;
        return current == null ? kind : current.name();
    }

    @Override
    public final String kind() {
        return kind;
    }

    @Override
    public void attach(PacketSink core) {
        keeper.attach(core);
    }

    @Override
    public void detach() {
        keeper.detach();
    }

    @Override
    public final InterfaceStatus status() {
        return keeper.status();
    }

    /** What the settings say; overridden where the medium knows better once it is open. */
    @Override
    public LinkBudget budget() {
        return settings.budget();
    }

    @Override
    public final void hold(Optional<Failure> why) {
        synchronized (switching) {
            if (closed || held.equals(why)) {
                return;
            }
            held = why;
            if (refused || !settings.policy().enabled()) {
                return;
            }
            hangUp();
            open();
        }
        keeper.tellCore();
    }

    @Override
    public final InterfacePolicy policy() {
        return settings.policy();
    }

    @Override
    public InterfaceCounters counters() {
        return keeper.counters();
    }

    @Override
    public List<Reading> readings() {
        return keeper.readings();
    }

    /** Those whom a line has named by {@link LineEvents#packetFrom}. */
    @Override
    public List<Neighbour> neighbours() {
        return keeper.neighbours();
    }

    @Override
    public final void send(ByteBuffer packet) {
        keeper.send(packet);
    }

    @Override
    public final void flush() {
        keeper.flush();
    }

    @Override
    public void close() {
        synchronized (switching) {
            closed = true;
            keeper.close();
            hungUp();
        }
    }

    private void hangUp() {
        keeper.hangUp();
        hungUp();
    }

    /** Begins with the settings of now, unless they or the core say no. */
    private void open() {
        if (closed) {
            return;
        }
        S current = settings;
        if (!current.policy().enabled()) {
            keeper.rest(InterfaceStatus.of(InterfaceState.DISABLED));
        } else if (held.isPresent()) {
            keeper.rest(InterfaceStatus.down(held.get()));
        } else {
            opens();
            keeper.open(() -> newLine(current), pace(current));
        }
    }
}
