package io.kairos.core.router.known;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.table.KeyedTable;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.AnnounceCodec;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Whom this node has heard of (docs/protocol/announce.md, known destinations). Threads: {@link #store} and {@link #clean}
 * belong to the owner of the tables, the rest is for any.
 */
public final class KnownBook implements KnownDestinations {

    private static final long LINGER_MILLIS = 360_000;
    private static final long USED_LIFETIME_MILLIS = 756_000_000; // 7 days * 1.25
    private static final int SAMPLES = 8;
    private static final int MOST_APP_DATA = 383;

    private final KeyedTable<Known> table;
    private final Blackhole blackhole;
    private final NodeTime time;
    private final int limit;
    private final Predicate<DestinationHash> hasPath;
    private final RandomGenerator random;
    private final Refusals refusals;
    private final SecureRandom secret = new SecureRandom();

    public KnownBook(
            NodeTime time,
            int limit,
            Blackhole blackhole,
            Predicate<DestinationHash> hasPath,
            RandomGenerator random,
            Refusals refusals) {
        this.table = new KeyedTable<>(random);
        this.time = time;
        this.limit = limit;
        this.blackhole = blackhole;
        this.hasPath = hasPath;
        this.random = random;
        this.refusals = refusals;
    }

    public KeyedTable<Known> table() {
        return table;
    }

    /** Whether exactly this announce of the destination is known, so that its signature was checked before. */
    public boolean isKnown(DestinationHash destination, Announce announce) {
        Known known = table.get(destination.high(), destination.low());
        return known != null && isSame(known.announce(), announce);
    }

    /** Whether another public key is stored for the destination. */
    public boolean contradicts(DestinationHash destination, Announce announce) {
        Known known = table.get(destination.high(), destination.low());
        return known != null && !Arrays.equals(known.announce().payload(), 0, 64, announce.payload(), 0, 64);
    }

    /** Stores a valid announce; returns the object to refer to, which is the stored one where it is the same announce. */
    public Announce store(DestinationHash destination, IdentityHash identity, Announce announce) {
        long now = time.millis();
        Known known = table.get(destination.high(), destination.low());
        if (known == null) {
            makeRoom();
            table.put(new Known(destination, identity, announce, now, Known.NEVER));
            return announce;
        }
        Announce canonical = isSame(known.announce(), announce) ? known.announce() : announce;
        known.renew(canonical, now);
        return canonical;
    }

    /** Puts a stored entry back; does nothing where the destination is known already or the book is full. */
    public void restore(Known stored) {
        if (table.size() < limit) {
            table.putIfAbsent(stored);
        }
    }

    /** Drops what was not used for long and has no path. */
    public void clean() {
        long now = time.millis();
        table.forEach(known -> {
            if (isStale(known, now) && !hasPath.test(known.key())) {
                table.remove(known);
            }
        });
    }

    private static boolean isStale(Known known, long now) {
        long used = known.used();
        if (used == Known.RETAINED) {
            return false;
        }
        return used == Known.NEVER ? now - known.heard() > LINGER_MILLIS : now - used > USED_LIFETIME_MILLIS;
    }

    /** When the book is full the entry goes that was of least use among a few. */
    private void makeRoom() {
        if (table.size() < limit) {
            return;
        }
        Known victim = null;
        for (int i = 0; i < SAMPLES; i++) {
            Known sample = table.any(random);
            if (sample != null
                    && sample.used() != Known.RETAINED
                    && (victim == null || sample.used() < victim.used())) {
                victim = sample;
            }
        }
        if (victim != null && table.remove(victim)) {
            refusals.count(Refusal.KNOWN_EVICTED);
        }
    }

    private static boolean isSame(Announce one, Announce other) {
        return one.hasRatchet() == other.hasRatchet() && Arrays.equals(one.payload(), other.payload());
    }

    @Override
    public Optional<KnownDestination> recall(DestinationHash destination) {
        Known known = table.get(destination.high(), destination.low());
        if (known == null) {
            return Optional.empty();
        }
        known.markUsed(time.millis());
        return Optional.of(known.view(wallOffset()));
    }

    @Override
    public Optional<KnownDestination> peek(DestinationHash destination) {
        Known known = table.get(destination.high(), destination.low());
        return known == null ? Optional.empty() : Optional.of(known.view(wallOffset()));
    }

    @Override
    public Optional<KnownDestination> recall(IdentityHash identity) {
        AtomicReference<Known> found = new AtomicReference<>();
        table.forEach(known -> {
            if (known.isOf(identity)) {
                found.set(known);
            }
        });
        Known known = found.get();
        if (known == null) {
            return Optional.empty();
        }
        known.markUsed(time.millis());
        return Optional.of(known.view(wallOffset()));
    }

    @Override
    public void retain(DestinationHash destination) {
        Known known = table.get(destination.high(), destination.low());
        if (known != null) {
            known.retain();
        }
    }

    /**
     * There is no announce to keep, so one is made up whose name, time and signature are random: it gives keys and
     * application data, is never repeated because no path refers to it, and no announce from outside can equal it.
     */
    @Override
    public boolean learn(KnownDestination told, boolean isKept) {
        if (table.size() >= limit
                || told.appData().map(data -> data.length > MOST_APP_DATA).orElse(false)) {
            return false;
        }
        byte[] filler = new byte[AnnounceCodec.shortest(false) - PublicIdentity.LENGTH];
        secret.nextBytes(filler);
        byte[] appData = told.appData().orElse(new byte[0]);
        byte[] payload = ByteBuffer.allocate(AnnounceCodec.shortest(false) + appData.length)
                .put(told.identity().toBytes())
                .put(filler)
                .put(appData)
                .array();
        long heard = time.fromWall(told.heardMillis());
        Known entry = new Known(
                told.destination(),
                told.identity().hash(),
                AnnounceCodec.decode(payload, false),
                heard,
                isKept ? Known.RETAINED : time.millis());
        told.ratchet().ifPresent(ratchet -> entry.restoreRatchet(ratchet.clone(), heard));
        return table.putIfAbsent(entry);
    }

    @Override
    public boolean retain(IdentityHash identity) {
        AtomicBoolean found = new AtomicBoolean();
        table.forEach(known -> {
            if (known.isOf(identity)) {
                known.retain();
                found.set(true);
            }
        });
        return found.get();
    }

    @Override
    public void release(DestinationHash destination) {
        Known known = table.get(destination.high(), destination.low());
        if (known != null) {
            known.release(time.millis());
        }
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public List<Blackholed> blackholed() {
        return blackhole.all();
    }

    @Override
    public void blackhole(Blackholed entry) {
        blackhole.add(entry);
    }

    @Override
    public boolean liftBlackhole(IdentityHash identity) {
        return blackhole.lift(identity);
    }

    @Override
    public boolean isBlackholed(IdentityHash identity) {
        return blackhole.contains(identity);
    }

    private long wallOffset() {
        long now = time.millis();
        return time.toWall(now) - now;
    }
}
