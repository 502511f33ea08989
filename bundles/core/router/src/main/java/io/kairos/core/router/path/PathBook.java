package io.kairos.core.router.path;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.RoutingStrategy;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.ports.Anchor;
import io.kairos.core.router.ports.HeardAnnounce;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.table.KeyedTable;
import io.kairos.lib.wire.Announce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The path table: several candidates for each destination, of which the routing strategy chooses
 * (docs/protocol/transport.md, path table). Threads: belongs to the owner of the tables; forwarding reads the entries.
 */
public final class PathBook {

    private static final int SAMPLES = 8;
    private static final long DAY_MILLIS = 86_400_000;

    /** How long paths wait for an interface that has gone. */
    public static final long LINGER_MILLIS = 3_600_000;

    private final KeyedTable<Path> table;
    private final NodeTime time;
    private final int limit;
    private final Chooser chooser;
    private final RandomGenerator random;
    private final Refusals refusals;
    private final LongAdder changes = new LongAdder();

    public PathBook(
            KeyedTable<Path> table,
            NodeTime time,
            int limit,
            Supplier<Optional<RoutingStrategy>> strategies,
            RandomGenerator random,
            Refusals refusals) {
        this.table = table;
        this.time = time;
        this.limit = limit;
        this.chooser = new Chooser(strategies);
        this.random = random;
        this.refusals = refusals;
    }

    public KeyedTable<Path> table() {
        return table;
    }

    /** Grows with every path that was accepted. */
    public long changes() {
        return changes.sum();
    }

    /** The path of a destination that can be used now, or {@code null}. */
    public Path usable(DestinationHash destination) {
        Path path = table.get(destination.high(), destination.low());
        return path == null || path.way() == null ? null : path;
    }

    /** Milliseconds for which paths that were learned on an interface of this mode stay. */
    public static long lifetimeMillis(InterfaceMode mode) {
        return switch (mode) {
            case ACCESS_POINT -> DAY_MILLIS;
            case ROAMING -> DAY_MILLIS / 4;
            default -> 7 * DAY_MILLIS;
        };
    }

    /**
     * An announce offers a path.
     *
     * @param announce the payload to keep
     * @return the path when it is in use now, {@code null} when the offer was not taken
     */
    public Path offer(HeardAnnounce heard, Announce announce) {
        long now = time.millis();
        Candidate offered = new Candidate(
                heard.port().anchor(),
                heard.nextHop(),
                heard.hops(),
                now,
                now,
                now + lifetimeMillis(heard.port().mode()),
                announce);
        DestinationHash destination = heard.destination();
        Path path = table.get(destination.high(), destination.low());
        byte[] blob = announce.randomBlob();
        boolean repeated = path != null && Blobs.contains(path.blobs(), blob);
        RoutingStrategy.Verdict verdict = chooser.judge(path, offered, repeated, now);
        if (verdict.use()) {
            return accept(destination, path, offered, blob, verdict.reason());
        }
        if (path != null && offered.emission() >= path.timebase() && !offered.sameWay(path.inUse())) {
            path.use(path.inUse(), Others.withOffered(path, offered), path.reason());
        }
        return null;
    }

    private Path accept(DestinationHash destination, Path path, Candidate offered, byte[] blob, String reason) {
        changes.increment();
        if (path == null) {
            makeRoom();
            Path made = new Path(destination, offered, Blobs.with(new byte[0], blob), reason);
            table.put(made);
            return made;
        }
        path.remember(Blobs.with(path.blobs(), blob));
        List<Candidate> rest = new ArrayList<>(List.of(path.others()));
        rest.removeIf(other -> other.sameWay(offered));
        path.use(offered, path.inUse().sameWay(offered) ? rest : Others.with(rest, path.inUse()), reason);
        return path;
    }

    /** Puts a stored path back; does nothing where one is known already or the table is full. */
    public void restore(DestinationHash destination, List<Candidate> candidates, byte[] blobs, String reason) {
        if (table.size() < limit) {
            Path path = new Path(destination, candidates.get(0), blobs, reason);
            path.use(candidates.get(0), candidates.subList(1, candidates.size()), reason);
            table.putIfAbsent(path);
        }
    }

    /** Puts in a path that a tunnel kept, in place of the one in use. */
    public void reinstate(DestinationHash destination, Candidate candidate, byte[] blobs) {
        Path path = table.get(destination.high(), destination.low());
        String reason = "kept by a tunnel";
        if (path == null) {
            makeRoom();
            table.put(new Path(destination, candidate, blobs, reason));
        } else {
            path.remember(blobs);
            List<Candidate> rest = new ArrayList<>(List.of(path.others()));
            rest.removeIf(other -> other.sameWay(candidate));
            path.use(candidate, path.inUse().sameWay(candidate) ? rest : Others.with(rest, path.inUse()), reason);
        }
    }

    /** Forgets a path; false where there was none. */
    public boolean drop(DestinationHash destination) {
        Path path = table.get(destination.high(), destination.low());
        return path != null && table.remove(path);
    }

    /** Forgets every path in use that passes a test; tells how many. */
    public int dropIf(Predicate<Path> test) {
        int[] dropped = {0};
        table.forEach(path -> {
            if (test.test(path) && table.remove(path)) {
                dropped[0]++;
            }
        });
        return dropped[0];
    }

    public void failed(DestinationHash destination) {
        Path path = table.get(destination.high(), destination.low());
        if (path != null) {
            path.inUse().failed();
        }
    }

    public void answered(DestinationHash destination, Duration roundTrip) {
        Path path = table.get(destination.high(), destination.low());
        if (path != null) {
            path.inUse().answered(roundTrip.toNanos() / 1e6);
        }
    }

    public void correctHops(DestinationHash destination, int hops) {
        Path path = table.get(destination.high(), destination.low());
        if (path != null) {
            path.inUse().correctHops(hops);
        }
    }

    /** Drops candidates that were not used for their lifetime or whose interface has been away for long. */
    public void cull() {
        long now = time.millis();
        table.forEach(path -> {
            List<Candidate> all = path.all();
            if (all.removeIf(candidate -> isOver(candidate, now))) {
                replace(path, all, now);
            }
        });
    }

    /** Drops every way over an interface that will not come back. */
    public void forget(Anchor gone) {
        long now = time.millis();
        table.forEach(path -> {
            if (path.leadsOver(gone)) {
                List<Candidate> rest = path.all();
                rest.removeIf(candidate -> candidate.anchor() == gone);
                replace(path, rest, now);
            }
        });
    }

    private static boolean isOver(Candidate candidate, long now) {
        Port port = candidate.port();
        if (port == null) {
            if (!candidate.anchor().isLasting()) {
                return true;
            }
            long away = now - candidate.anchor().absentSince();
            return away > LINGER_MILLIS || now - candidate.used() > lifetimeMillis(InterfaceMode.FULL);
        }
        return now - candidate.used() > lifetimeMillis(port.mode());
    }

    /** Chooses anew wherever the interface of the path in use is down and another candidate's is up. */
    public void reselect() {
        long now = time.millis();
        table.forEach(path -> {
            if (!path.inUse().isUp() && path.others().length > 0) {
                replace(path, path.all(), now);
            }
        });
    }

    private void replace(Path path, List<Candidate> candidates, long now) {
        if (candidates.isEmpty()) {
            table.remove(path);
            return;
        }
        List<Candidate> up = candidates.stream().filter(Candidate::isUp).toList();
        Candidate chosen =
                up.isEmpty() ? candidates.get(0) : chooser.rank(up, now).get(0);
        if (chosen != path.inUse()) {
            candidates.remove(chosen);
            path.use(chosen, candidates, "the path before it is gone");
        } else {
            candidates.remove(chosen);
            path.use(chosen, candidates, path.reason());
        }
    }

    /** The path in use, for displays; {@code offset} turns router time into wall-clock time. Any thread. */
    public PathCandidate view(Path path, long offset) {
        return path.inUse().view(path.timebase(), offset);
    }

    /** Why a path is used. Any thread. */
    public PathTable.Explanation explain(Path path, long offset) {
        List<PathCandidate> others = new ArrayList<>();
        for (Candidate other : chooser.rank(List.of(path.others()), time.millis())) {
            others.add(other.view(other.emission(), offset));
        }
        return new PathTable.Explanation(path.key(), chooser.name(), path.reason(), view(path, offset), others);
    }

    /** When the table is full the path goes that was of least use among a few. */
    private void makeRoom() {
        if (table.size() < limit) {
            return;
        }
        Path victim = null;
        for (int i = 0; i < SAMPLES; i++) {
            Path sample = table.any(random);
            if (sample != null && (victim == null || worth(sample) < worth(victim))) {
                victim = sample;
            }
        }
        if (victim != null && table.remove(victim)) {
            refusals.count(Refusal.PATH_EVICTED);
        }
    }

    /** Paths nobody has used yet are worth the same, however new: a storm of announces must not push out the others. */
    private static long worth(Path path) {
        Candidate inUse = path.inUse();
        return inUse.used() > inUse.heard() ? inUse.used() : 0;
    }
}
