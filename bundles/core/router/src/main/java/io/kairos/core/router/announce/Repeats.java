package io.kairos.core.router.announce;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.PacketContext;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.ports.HeardAnnounce;
import io.kairos.core.router.ports.Port;
import io.kairos.lib.wire.Announce;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Announces that wait to be repeated, and answers to path requests (docs/protocol/transport.md, rebroadcast). Threads:
 * belongs to the owner of the tables; {@link #size} may be asked by any.
 */
public final class Repeats {

    private static final int MOST = 65_536;
    private static final int MOST_DISPLACED = 16;
    private static final int TRANSMISSIONS = 2;
    private static final int HEARD_LIMIT = 2;
    private static final long WINDOW_MILLIS = 500;
    private static final long PAUSE_MILLIS = 5_500;

    private final NodeTime time;
    private final AnnounceSender sender;
    private final RandomGenerator random;
    private final Refusals refusals;
    private final Map<DestinationHash, Repeat> waiting = new HashMap<>();
    private final Map<DestinationHash, Deque<Repeat>> displaced = new HashMap<>();
    private volatile int size;

    /** One that waits. */
    private static final class Repeat {

        private final DestinationHash destination;
        private final Announce announce;
        private final int hops;
        private final Port only; // an answer goes to one interface and is marked as path response
        private final long since;
        private long at;
        private int retries;
        private int heard;

        Repeat(DestinationHash destination, Announce announce, int hops, Port only, long since, long at, int retries) {
            this.destination = destination;
            this.announce = announce;
            this.hops = hops;
            this.only = only;
            this.since = since;
            this.at = at;
            this.retries = retries;
        }

        void sent(long now) {
            at = now + PAUSE_MILLIS;
            retries++;
        }
    }

    public Repeats(NodeTime time, AnnounceSender sender, RandomGenerator random, Refusals refusals) {
        this.time = time;
        this.sender = sender;
        this.random = random;
        this.refusals = refusals;
    }

    public int size() {
        return size;
    }

    /** Whether an announce of the destination waits. */
    public boolean contains(DestinationHash destination) {
        return waiting.containsKey(destination);
    }

    /**
     * What waits for one destination.
     *
     * @param hops with which it is sent
     * @param retries how often it was sent
     * @param heard how often others were heard with it
     * @param sinceMillis since when it waits, in router time
     * @param atMillis when it is sent next, in router time
     * @param only the one interface it is meant for; {@code null} for all
     */
    public record View(int hops, int retries, int heard, long sinceMillis, long atMillis, Port only) {}

    public Optional<View> view(DestinationHash destination) {
        return Optional.ofNullable(waiting.get(destination))
                .map(repeat ->
                        new View(repeat.hops, repeat.retries, repeat.heard, repeat.since, repeat.at, repeat.only));
    }

    /** The hash of the packet that waits for a destination. */
    public Optional<byte[]> packetHash(DestinationHash destination) {
        return Optional.ofNullable(waiting.get(destination))
                .flatMap(repeat -> sender.packetHash(
                        destination,
                        repeat.announce,
                        repeat.only == null ? PacketContext.NONE : PacketContext.PATH_RESPONSE));
    }

    /** Sends what waits for a destination at another time, in router time; false where nothing waits. For tests. */
    public boolean reschedule(DestinationHash destination, long atMillis) {
        Repeat repeat = waiting.get(destination);
        if (repeat != null) {
            repeat.at = atMillis;
        }
        return repeat != null;
    }

    /** Queues an accepted announce for its first transmission within half a second. */
    public void add(DestinationHash destination, Announce announce, int hops) {
        if (waiting.size() >= MOST && !waiting.containsKey(destination)) {
            refusals.count(Refusal.ANNOUNCE_REPEAT_FULL);
            return;
        }
        long now = time.millis();
        long at = now + (long) (random.nextDouble() * WINDOW_MILLIS);
        put(new Repeat(destination, announce, hops, null, now, at, 0));
    }

    /** Queues the announce of a program on this machine: it leaves in the next round, once. */
    public void addOfProgram(DestinationHash destination, Announce announce, int hops) {
        if (waiting.size() >= MOST && !waiting.containsKey(destination)) {
            refusals.count(Refusal.ANNOUNCE_REPEAT_FULL);
            return;
        }
        long now = time.millis();
        put(new Repeat(destination, announce, hops, null, now, now, 1));
    }

    /**
     * Queues the answer to a path request; what waits for the same destination goes on afterwards, be it an announce or the
     * answer to somebody else.
     */
    public void answer(DestinationHash destination, Announce announce, int hops, Port on, long delayMillis) {
        Repeat present = waiting.get(destination);
        if (present == null && waiting.size() >= MOST) {
            refusals.count(Refusal.ANNOUNCE_REPEAT_FULL);
            return;
        }
        if (present != null && present.only != on) {
            displace(present);
        }
        long now = time.millis();
        put(new Repeat(destination, announce, hops, on, now, now + delayMillis, 1));
    }

    /** Another node repeated an announce: when enough of them did, or one further on did, ours is not needed. */
    public void heard(HeardAnnounce announce) {
        Repeat repeat = waiting.get(announce.destination());
        if (repeat == null || announce.transport() == null) {
            return;
        }
        int sentHops = announce.hops() - 1;
        if (sentHops == repeat.hops) {
            repeat.heard++;
            if (repeat.retries > 0 && repeat.heard >= HEARD_LIMIT) {
                remove(announce.destination());
            }
        } else if (sentHops == repeat.hops + 1 && repeat.retries > 0 && time.millis() < repeat.at) {
            remove(announce.destination());
        }
    }

    /** Sends what is due, nearest first. */
    public void run() {
        long now = time.millis();
        List<Repeat> due = new ArrayList<>();
        for (Repeat repeat : List.copyOf(waiting.values())) {
            if (repeat.retries >= TRANSMISSIONS) {
                remove(repeat.destination);
            } else if (now > repeat.at) {
                due.add(repeat);
            }
        }
        due.sort(Comparator.comparingInt(repeat -> repeat.hops));
        boolean broadcast = false;
        for (Repeat repeat : due) {
            if (repeat.only != null) {
                respond(repeat, now);
            } else {
                repeat.sent(now);
                sender.repeat(repeat.destination, repeat.announce, repeat.hops);
                broadcast = true;
            }
        }
        if (broadcast) {
            sender.flush();
        }
    }

    /** Sends an answer, and those to others who asked for the same meanwhile. */
    private void respond(Repeat first, long now) {
        Repeat answer = first;
        while (answer != null && answer.only != null && now >= answer.at) {
            answer.sent(now);
            sender.respond(answer.destination, answer.announce, answer.hops, answer.only);
            answer = takeUpDisplaced(answer.destination);
        }
    }

    /** Drops everything; tells how many. */
    public int clear() {
        int dropped = waiting.size()
                + displaced.values().stream().mapToInt(Deque::size).sum();
        waiting.clear();
        displaced.clear();
        size = 0;
        return dropped;
    }

    private void displace(Repeat repeat) {
        Deque<Repeat> parked = displaced.computeIfAbsent(repeat.destination, key -> new ArrayDeque<>());
        if (parked.size() >= MOST_DISPLACED) {
            refusals.count(Refusal.ANNOUNCE_REPEAT_FULL);
        } else {
            parked.addLast(repeat);
        }
    }

    /** What waits for the destination now, or {@code null} where nothing was displaced. */
    private Repeat takeUpDisplaced(DestinationHash destination) {
        Deque<Repeat> parked = displaced.get(destination);
        if (parked == null) {
            return null;
        }
        Repeat next = parked.removeFirst();
        if (parked.isEmpty()) {
            displaced.remove(destination);
        }
        put(next);
        return next;
    }

    private void put(Repeat repeat) {
        waiting.put(repeat.destination, repeat);
        size = waiting.size();
    }

    private void remove(DestinationHash destination) {
        waiting.remove(destination);
        size = waiting.size();
        takeUpDisplaced(destination);
    }
}
