package io.kairos.core.discovery;

import io.kairos.api.admin.DiscoveredInterfaces;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.discovery.ConfigEntry;
import io.kairos.lib.discovery.Discovered;
import io.kairos.lib.discovery.DiscoveredBook;
import io.kairos.lib.discovery.DiscoveryCheck;
import io.kairos.lib.discovery.Field;
import io.kairos.lib.discovery.StampedCodec;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the interfaces that are announced. One announce is checked at a time, others meanwhile are dropped: they come
 * again, and nobody can keep the node busy with proofs of work. What was checked is remembered by its hash.
 */
final class Collector implements AnnounceListener, DiscoveredInterfaces {

    static final String DOCUMENT = "discovery/interfaces";

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final int REMEMBERED = 2_048;
    private static final Set<Field> TOLD_OTHERWISE = Set.of(Field.KIND, Field.FORWARDS, Field.NODE, Field.NAME);

    private final DiscoveryCheck check;
    private final Set<IdentityHash> sources;
    private final Trust trust;
    private final Store store;
    private final Clock clock;
    private final Executor worker;
    private final Consumer<Discovered> news;
    private final AtomicBoolean checking = new AtomicBoolean();

    // ---- guarded by this ----
    private final DiscoveredBook book = new DiscoveredBook();
    private final RecordFile records = new RecordFile();
    private final Map<ByteBuffer, Boolean> judged = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * What this node knows of others.
     *
     * @param own its own identity, whose interfaces are not collected
     * @param decrypt with the identity of its network; empty for what it cannot read
     * @param refused whether it refuses an identity
     */
    record Trust(IdentityHash own, Function<byte[], Optional<byte[]>> decrypt, Predicate<IdentityHash> refused) {}

    /**
     * @param worker where proofs are checked; never a receiving thread
     * @param news is given what was just heard, on the worker
     */
    Collector(
            DiscoveryCheck check,
            Set<IdentityHash> sources,
            Trust trust,
            Store store,
            Clock clock,
            Executor worker,
            Consumer<Discovered> news) {
        this.check = check;
        this.sources = sources;
        this.trust = trust;
        this.news = news;
        this.store = store;
        this.clock = clock;
        this.worker = worker;
    }

    /** Reads what was heard in earlier runs; whatever is no good any more is left out. */
    void restore() {
        try {
            store.read(DOCUMENT).ifPresent(bytes -> {
                for (RecordFile.Entry entry : RecordFile.decode(bytes)) {
                    check(entry);
                }
            });
        } catch (MeshException | MalformedException e) {
            LOG.warn(
                    "Interfaces that were heard of earlier cannot be read; they are heard of again: {}",
                    e.getMessage());
        }
    }

    @Override
    public String nameFilter() {
        return StampedCodec.DESTINATION;
    }

    @Override
    public void heard(KnownDestination announced, int hops, boolean pathResponse) {
        byte[] appData = announced.appData().orElse(new byte[0]);
        if (appData.length == 0 || !checking.compareAndSet(false, true)) {
            return;
        }
        RecordFile.Entry entry = new RecordFile.Entry(announced.identity().hash(), appData, hops, clock.wallMillis());
        worker.execute(() -> {
            try {
                Optional<Discovered> taken = check(entry);
                if (taken.isPresent()) {
                    save();
                    news.accept(taken.get());
                }
            } finally {
                checking.set(false);
            }
        });
    }

    /** What was taken into the book. */
    private Optional<Discovered> check(RecordFile.Entry entry) {
        ByteBuffer id = ByteBuffer.wrap(Hashes.sha256(entry.announcer().toBytes(), entry.appData()));
        synchronized (this) {
            if (Boolean.FALSE.equals(judged.get(id))) {
                return Optional.empty();
            }
        }
        Optional<Discovered> found = check.check(
                        entry.announcer(), entry.appData(), trust.decrypt(), entry.hops(), entry.heardMillis())
                .filter(told -> !told.advertisement().node().equals(trust.own()));
        synchronized (this) {
            judged.put(id, found.isPresent());
            Optional<Discovered> taken = found.filter(book::heard);
            taken.ifPresent(told -> records.put(told.advertisement().id(), entry));
            return taken;
        }
    }

    private void save() {
        byte[] bytes;
        synchronized (this) {
            long oldest = clock.wallMillis() - DiscoveredBook.FORGOTTEN_AFTER.toMillis();
            bytes = records.encode(oldest);
        }
        try {
            store.write(DOCUMENT, bytes);
        } catch (MeshException e) {
            LOG.warn("Interfaces that were heard of could not be saved: {} {}", e.getMessage(), e.remedy());
        }
    }

    @Override
    public List<Found> all() {
        return listed().stream().map(Collector::found).toList();
    }

    @Override
    public Optional<String> configEntry(Found wanted) {
        return listed().stream()
                .filter(entry -> found(entry).equals(wanted))
                .findFirst()
                .map(entry -> ConfigEntry.of(entry.last().advertisement()));
    }

    /** What was heard, best first; only what is thought to be there. */
    List<Discovered> available() {
        return listed().stream()
                .filter(entry -> entry.status() == DiscoveredBook.Status.AVAILABLE)
                .map(DiscoveredBook.Entry::last)
                .toList();
    }

    /** What was heard, best first. */
    List<Discovered> known() {
        return listed().stream().map(DiscoveredBook.Entry::last).toList();
    }

    /** Without what is told by, or belongs to, whom this node refuses. */
    private List<DiscoveredBook.Entry> listed() {
        List<DiscoveredBook.Entry> all;
        synchronized (this) {
            all = book.list(clock.wallMillis(), sources);
        }
        return all.stream()
                .filter(entry -> !trust.refused().test(entry.last().announcer())
                        && !trust.refused().test(entry.last().advertisement().node()))
                .toList();
    }

    private static Found found(DiscoveredBook.Entry entry) {
        Discovered last = entry.last();
        Map<String, String> details = new LinkedHashMap<>();
        for (Field field : Field.values()) {
            if (!TOLD_OTHERWISE.contains(field)) {
                last.advertisement()
                        .text(field)
                        .ifPresent(text -> details.put(field.name().toLowerCase(Locale.ROOT), text));
            }
        }
        return new Found(
                last.advertisement().name().replaceAll("\\p{C}", ""),
                last.advertisement().kind().word(),
                last.advertisement().node().toHex(),
                last.announcer().toHex(),
                last.advertisement().forwards(),
                details,
                last.value(),
                last.hops(),
                entry.firstMillis(),
                last.heardMillis(),
                entry.status().name().toLowerCase(Locale.ROOT));
    }
}
