package io.kairos.lib.medium;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Neighbour;
import io.kairos.api.transport.Reading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
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
public abstract class LineInterface<S extends LineSettings> extends ConfiguredInterface<S, LineKeeper> {

    private final Clock clock;
    private final Timers timers;
    private final Logger log;

    /**
     * @param kind the kind of medium, the value of {@link MeshInterface#KIND}
     * @param log the transport's own
     */
    protected LineInterface(String kind, Clock clock, Timers timers, Logger log) {
        super(kind, log);
        this.clock = clock;
        this.timers = timers;
        this.log = log;
    }

    /** A new line for these settings; opens nothing and never fails. Any thread, also while {@link #begin} runs. */
    protected abstract Line newLine(S of);

    /** The pauses between attempts; five seconds each unless overridden. A new object for each call. */
    protected RetryPace pace(S of) {
        return RetryPace.every(Duration.ofSeconds(5));
    }

    /** The line is about to be opened with the settings of now. Called while holding the lock. */
    void opens() {}

    @Override
    protected final LineKeeper newMedium(S of, Consumer<InterfaceStatus> status) {
        opens();
        return newKeeper(this::name, attachment(), LineKeeper.Source.again(() -> newLine(of), pace(of)), () -> {});
    }

    /** Something has come that may help: a device, a daemon. The next attempt is made at once. Threads: any. */
    protected final void tryNow() {
        LineKeeper open = medium();
        if (open != null) {
            open.tryNow();
        }
    }

    final LineKeeper newKeeper(
            Supplier<String> name, Attachment attachment, LineKeeper.Source source, Runnable whenOver) {
        return new LineKeeper(new LineKeeper.Owner(kind(), name, clock, timers, log), attachment, source, whenOver);
    }

    final Attachment newAttachment(Supplier<String> name) {
        return new Attachment(name, log);
    }

    @Override
    public List<Reading> readings() {
        LineKeeper open = medium();
        return open == null ? List.of() : open.readings();
    }

    /** Those whom a line has named by {@link LineEvents#packetFrom}. */
    @Override
    public List<Neighbour> neighbours() {
        return attachment().neighbours().read();
    }

    @Override
    public final void send(ByteBuffer packet) {
        LineKeeper open = medium();
        if (open == null) {
            tally().droppedOutgoing();
        } else {
            open.send(packet);
        }
    }

    @Override
    public final void flush() {
        LineKeeper open = medium();
        if (open != null) {
            open.flush();
        }
    }
}
