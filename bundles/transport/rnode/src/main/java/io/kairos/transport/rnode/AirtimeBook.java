package io.kairos.transport.rnode;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in the node's store what the radios of one interface have sent in the last hour, because the law knows no restarts.
 * What may be sent next is written down before it is sent, a twentieth of an hour's allowance at a time: so a node that dies
 * has sent less than it believes, never more, and a quiet one writes at most once a minute. Radios without a limit are
 * written down nowhere.
 *
 * <p>Threads: any. May block on the disk.
 */
final class AirtimeBook {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration STARTING = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 100;
    private static final int RESERVES = 20; // in an hour's allowance

    private static final Logger LOG = LoggerFactory.getLogger(AirtimeBook.class);

    private final Clock clock;
    private final Budgets budgets;

    // ---- guarded by this ----
    private Map<Integer, AirtimeBudget> hours = Map.of();
    private final Map<Integer, Long> covered = new HashMap<>(); // time on air that is written down, by radio
    private Store store;
    private String document = "";
    private List<RadioSettings> limited = List.of();
    private long coveredUntil;
    private boolean isRead;
    private boolean hasRefused;

    AirtimeBook(Clock clock, Budgets budgets) {
        this.clock = clock;
        this.budgets = budgets;
    }

    synchronized void setStore(Store present) {
        store = present;
        covered.clear(); // it may have missed something
        notifyAll();
    }

    synchronized void clearStore(Store gone) {
        store = store == gone ? null : store;
    }

    /**
     * The radios of an interface are about to be used; reads what was sent before the node was started.
     *
     * @param isClosed ends the wait for the store
     * @throws MeshException where a radio has a limit and nobody can tell what it has sent
     */
    synchronized void open(DeviceSettings settings, BooleanSupplier isClosed) throws InterruptedException {
        limited = settings.radios().stream()
                .filter(radio -> radio.airtimeShare() < 1)
                .toList();
        hours = budgets.hours(settings.radios());
        document = AirtimeText.document(settings.name());
        covered.clear();
        if (limited.isEmpty() || isRead) {
            return;
        }
        awaitStore(isClosed);
        if (store != null) {
            read();
            isRead = true;
        }
    }

    Transmitter transmitter(RadioSettings radio) {
        return budgets.transmitter(radio, clock.nanos());
    }

    /** What was counted until now is about to be sent. Writes it down where that has not happened yet. */
    synchronized void sending() {
        long now = clock.nanos();
        boolean isCovered = coveredUntil - now > 0
                && limited.stream()
                        .allMatch(radio -> hour(radio).everNanos() <= covered.getOrDefault(radio.index(), 0L));
        if (!limited.isEmpty() && !isCovered) {
            write(now, true);
        }
    }

    /** Nothing more is sent for now: what was set aside and not sent is given back. */
    synchronized void close() {
        if (!covered.isEmpty()) {
            write(clock.nanos(), false);
            covered.clear();
        }
    }

    private void write(long now, boolean setsAside) {
        AirtimeText text = new AirtimeText(now, clock.wallMillis());
        Map<Integer, Long> then = new HashMap<>();
        for (RadioSettings radio : limited) {
            AirtimeBudget hour = hour(radio);
            long reserve = setsAside ? reserve(radio, hour) : 0;
            then.put(radio.index(), hour.everNanos() + reserve);
            hour.sent(now).forEach(sent -> text.add(radio.index(), sent));
            if (reserve > 0) {
                text.add(radio.index(), new AirtimeBudget.Sent(now + MINUTE.toNanos(), reserve));
            }
        }
        boolean isWritten = write(text.bytes());
        coveredUntil = now + MINUTE.toNanos();
        limited.forEach(radio -> covered.put(radio.index(), isWritten ? then.get(radio.index()) : Long.MAX_VALUE));
    }

    /** Where the disk refuses, the hour goes on in memory and is written down a minute later. */
    private boolean write(byte[] text) {
        if (store == null) {
            return false; // it is being updated
        }
        try {
            store.write(document, text);
            hasRefused = false;
            return true;
        } catch (MeshException refused) {
            if (!hasRefused) {
                LOG.warn(
                        "The airtime of the last hour cannot be kept, a restart would forget it: {}",
                        refused.getMessage());
            }
            hasRefused = true;
            return false;
        }
    }

    private void read() {
        long now = clock.nanos();
        Map<Integer, AirtimeBudget> known = hours;
        try {
            Optional<byte[]> kept = store.read(document);
            if (kept.isPresent()) {
                AirtimeText.read(kept.get(), now, clock.wallMillis())
                        .forEach((radio, sent) ->
                                Optional.ofNullable(known.get(radio)).ifPresent(hour -> hour.remember(sent, now)));
            }
        } catch (MeshException damaged) {
            LOG.warn(
                    "What was sent in the last hour cannot be read, so nothing more is sent for an hour: {}",
                    damaged.getMessage());
            for (RadioSettings radio : limited) {
                AirtimeBudget hour = hour(radio);
                hour.remember(
                        List.of(new AirtimeBudget.Sent(now, hour.allowance().toNanos())), now);
            }
        }
    }

    /** What is written down before it is sent; enough for the longest packet. */
    private static long reserve(RadioSettings radio, AirtimeBudget hour) {
        long longest = radio.tuning().airtime(CommandDecoder.LONGEST).toNanos();
        return Math.max(longest, hour.allowance().toNanos() / RESERVES);
    }

    private AirtimeBudget hour(RadioSettings radio) {
        return hours.get(radio.index());
    }

    /** A node that starts gives its services one after the other. */
    private void awaitStore(BooleanSupplier isClosed) throws InterruptedException {
        long since = clock.nanos();
        while (store == null && !isClosed.getAsBoolean()) {
            if (clock.nanos() - since >= STARTING.toNanos()) {
                throw new MeshException(
                        Failure.Kind.STORAGE,
                        "The node's store is not there, so nobody can tell what was sent in the last hour",
                        "If it is being updated, wait a moment; otherwise install it: feature:install kairos");
            }
            wait(LOOK_MILLIS);
        }
    }
}
