package io.kairos.lib.medium;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * The life of every interface, whatever moves its packets: settings that are refused or change, a core that comes, goes and
 * holds, one end. A transport whose medium can be read by a thread extends {@link LineInterface}; one with threads of its own
 * extends this. Its constructor ends with {@link #begin}, its {@code @Modified} method calls {@link #change}, and its
 * {@code @Deactivate} method is {@link #close}.
 *
 * <p>Threads: any. The medium of now is replaced under a lock that only settings, {@link #hold} and {@link #close} take.
 *
 * @param <S> settings of this kind of medium
 * @param <M> what is open while it may be
 */
public abstract class ConfiguredInterface<S extends LineSettings, M extends Medium> implements MeshInterface {

    private final String kind;
    private final Logger log;
    private final Attachment attachment;
    private final MediumSlot<M> slot;

    /** Owned by whoever opens or closes: settings may change while the core holds or lets go. */
    private final Object switching = new Object();

    private volatile S settings;

    // ---- guarded by switching ----
    private Optional<Failure> held = Optional.empty();
    private boolean refused;

    /**
     * @param kind the kind of medium, the value of {@link MeshInterface#KIND}
     * @param log the transport's own
     */
    protected ConfiguredInterface(String kind, Logger log) {
        this.kind = kind;
        this.log = log;
        this.attachment = new Attachment(this::name, log);
        this.slot = new MediumSlot<>(attachment, (of, earlier, now) -> {
            became(of, earlier, now);
            tellCore();
        });
    }

    /**
     * A medium for these settings, which are the settings of now; begins nothing. Any thread, also while {@link #begin} runs.
     *
     * @param status to be told what becomes of the medium, by any thread; ignored once the medium is closed
     * @throws MeshException why it cannot be had; not tried again before settings change
     */
    protected abstract M newMedium(S of, Consumer<InterfaceStatus> status);

    /** The status is another one, as this medium has told; says so in the log. */
    protected void became(M of, InterfaceStatus earlier, InterfaceStatus now) {
        if (now.isUp()) {
            log.info("Interface {} is up: {}", name(), news());
        } else {
            now.failure()
                    .ifPresent(why -> log.warn("Interface {} is down: {}. {}", name(), why.message(), why.remedy()));
        }
    }

    /** Ends the sentence "Interface x is up: …" of the log, without addresses of others. */
    protected String news() {
        return kind;
    }

    /** The medium is closed, because of other settings or for good; nothing may be open any more. Called while holding the lock. */
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
                attachment.become(InterfaceStatus.down(Checks.failure(wrong)));
                return;
            }
            open();
        }
    }

    /** Settings changed. The medium stays unless it depends on what changed; settings that are refused change nothing. */
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
        M kept;
        synchronized (switching) {
            boolean stays = changed.line().equals(settings.line())
                    && changed.policy().enabled() == settings.policy().enabled();
            kept = stays ? slot.medium() : null;
            if (kept == null) {
                shut(Medium::closeForRestart);
            }
            refused = false;
            settings = changed;
            if (kept == null) {
                open();
            }
        }
        if (kept != null) {
            kept.settingsChanged();
        }
        tellCore();
    }

    /** The settings of now. */
    protected final S settings() {
        return settings;
    }

    /** What is open now; {@code null} while disabled, refused, held or closed. */
    protected final M medium() {
        return slot.medium();
    }

    /** The core, or {@code null}. */
    protected final PacketSink core() {
        return attachment.sink();
    }

    /** Where packets are counted that no medium counts. */
    protected final InterfaceTally tally() {
        return attachment.tally();
    }

    /** Status, budget or endpoints are others now. */
    protected final void tellCore() {
        attachment.tellCore();
    }

    final Attachment attachment() {
        return attachment;
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
        slot.attach(core);
    }

    @Override
    public void detach() {
        slot.detach();
    }

    @Override
    public final InterfaceStatus status() {
        return attachment.status();
    }

    /** What the settings say; overridden where the medium knows better once it is open. */
    @Override
    public LinkBudget budget() {
        return settings.budget();
    }

    @Override
    public final void hold(Optional<Failure> why) {
        synchronized (switching) {
            if (attachment.isClosed() || held.equals(why)) {
                return;
            }
            held = why;
            if (refused || !settings.policy().enabled()) {
                return;
            }
            shut(Medium::closeForRestart);
            open();
        }
        tellCore();
    }

    @Override
    public final InterfacePolicy policy() {
        return settings.policy();
    }

    @Override
    public InterfaceCounters counters() {
        return slot.counters();
    }

    @Override
    public void close() {
        synchronized (switching) {
            attachment.close();
            shut(Medium::close);
        }
    }

    private void shut(Consumer<? super M> how) {
        slot.empty(how);
        hungUp();
    }

    /** Begins with the settings of now, unless they or the core say no. */
    private void open() {
        if (attachment.isClosed()) {
            return;
        }
        S current = settings;
        if (!current.policy().enabled()) {
            attachment.become(InterfaceStatus.of(InterfaceState.DISABLED));
        } else if (held.isPresent()) {
            attachment.become(InterfaceStatus.down(held.get()));
        } else {
            attachment.become(InterfaceStatus.of(InterfaceState.STARTING));
            start(current);
        }
    }

    private void start(S current) {
        Consumer<InterfaceStatus> voice = slot.newVoice();
        M fresh;
        try {
            fresh = newMedium(current, voice);
        } catch (MeshException missing) {
            attachment.become(InterfaceStatus.down(missing.failure()));
            return;
        }
        slot.fill(fresh, voice);
    }
}
