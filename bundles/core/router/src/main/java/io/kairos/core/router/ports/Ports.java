package io.kairos.core.router.ports;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.transport.MeshInterface;
import io.kairos.core.router.NodeTime;
import io.kairos.lib.wire.TunnelCodec;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * All interfaces of the router. Threads: any; readers get a snapshot, changes take turns. No medium is called while the
 * lock is held.
 */
public final class Ports {

    private static final Port[] NONE = {};

    /** Longer than any table refers to a port by its number. */
    private static final long NUMBER_REST_MILLIS = 600_000;

    private static final Comparator<Port> FASTEST_FIRST = Comparator.comparingLong(
                    (Port port) -> -port.budget().bitsPerSecond())
            .thenComparingInt(Port::number);

    private final NodeTime time;
    private final Supplier<Optional<CryptoSuite>> suites;
    private volatile Port[] sorted = NONE; // fastest first
    private volatile Port[] programs = NONE;
    private volatile Port[] sharedInstances = NONE;
    private volatile Port[] byNumber = NONE;

    // ---- guarded by this ----
    private final Map<MeshInterface, Port> byMedium = new IdentityHashMap<>();
    private final Map<ByteBuffer, Anchor> anchors = new HashMap<>();
    private final Deque<FreeNumber> free = new ArrayDeque<>();

    /** @param last whose number it was */
    private record FreeNumber(int number, long since, Anchor last) {}

    public Ports(NodeTime time, Supplier<Optional<CryptoSuite>> suites) {
        this.time = time;
        this.suites = suites;
    }

    /** All ports, fastest first; not a copy. */
    public Port[] all() {
        return sorted;
    }

    /** The ports behind which programs on this machine are; not a copy. */
    public Port[] programs() {
        return programs;
    }

    /** The ports that lead to a shared instance, of which this node is a program; not a copy. */
    public Port[] sharedInstances() {
        return sharedInstances;
    }

    /** The port with a number, or {@code null}. */
    public Port byNumber(int number) {
        Port[] table = byNumber;
        return number < table.length ? table[number] : null;
    }

    /** Whose number it is or was last, by number; only interfaces that may come back as the same. */
    public synchronized Map<Integer, Anchor> places() {
        Map<Integer, Anchor> places = new TreeMap<>();
        free.forEach(rested -> places.put(rested.number, rested.last));
        byMedium.values().forEach(port -> places.put(port.number(), port.anchor()));
        places.values().removeIf(anchor -> !anchor.isLasting());
        return places;
    }

    /** The number of the interface of a description; one that is not there gets it when it comes. */
    public synchronized int numberOf(byte[] descriptionHash) {
        Anchor anchor = anchor(descriptionHash);
        Port port = anchor.port();
        if (port != null) {
            return port.number();
        }
        long now = time.millis();
        int number = takeNumber(anchor, now);
        free.addLast(new FreeNumber(number, now, anchor));
        return number;
    }

    /** The port of a medium, or {@code null}. */
    public synchronized Port of(MeshInterface medium) {
        return byMedium.get(medium);
    }

    /** Takes in a medium; its port is returned, an earlier one too. */
    public Port add(MeshInterface medium, Port parent, PacketIntake intake) {
        byte[] descriptionHash = TunnelCodec.interfaceHash(medium.description());
        long now = time.millis();
        int number;
        Anchor anchor;
        synchronized (this) {
            Port present = byMedium.get(medium);
            if (present != null) {
                return present;
            }
            anchor = medium.servesLocalProgram() || medium.leadsToSharedInstance()
                    ? new Anchor(medium.name(), descriptionHash, false, now)
                    : anchorFor(medium.name(), descriptionHash, now);
            number = takeNumber(anchor, now);
        }
        Port port = new Port(number, medium, parent, anchor, intake, now, time.nanos());
        port.refresh(suites); // before anybody sees it: a closed interface must never send in clear
        synchronized (this) {
            byMedium.put(medium, port);
            Port[] numbers = byNumber.clone();
            numbers[number] = port;
            byNumber = numbers;
            Port[] ports = Arrays.copyOf(sorted, sorted.length + 1);
            int at = ports.length - 1;
            while (at > 0 && FASTEST_FIRST.compare(ports[at - 1], port) > 0) {
                ports[at] = ports[--at];
            }
            ports[at] = port;
            sorted = ports;
            sortOut();
            anchor.bind(port);
        }
        return port;
    }

    /** Takes a medium out, and its children with it; they are returned. */
    public synchronized List<Port> remove(MeshInterface medium) {
        Port port = byMedium.get(medium);
        if (port == null) {
            return List.of();
        }
        List<Port> leaving = new ArrayList<>();
        for (Port candidate : sorted) {
            if (candidate == port || isBelow(candidate, port)) {
                leaving.add(candidate);
            }
        }
        leaving.forEach(this::release);
        sorted = Arrays.stream(sorted).filter(kept -> !kept.isGone()).toArray(Port[]::new);
        sortOut();
        return leaving;
    }

    /** Looks at a medium again; tells whether it has just come up. Only for the owner of the tables. */
    public boolean refresh(Port port) {
        long before = port.budget().bitsPerSecond();
        boolean cameUp = port.refresh(suites); // outside of the lock: a medium may hold its own
        if (port.budget().bitsPerSecond() != before) {
            synchronized (this) {
                Port[] ports = sorted.clone();
                Arrays.sort(ports, FASTEST_FIRST);
                sorted = ports;
            }
        }
        return cameUp;
    }

    /** The anchor of a stored path; made where no interface of that description was seen yet. */
    public synchronized Anchor anchor(byte[] descriptionHash) {
        return anchors.computeIfAbsent(
                ByteBuffer.wrap(descriptionHash), key -> new Anchor("", descriptionHash, true, time.millis()));
    }

    /** Forgets anchors of interfaces that have been away for long. */
    public synchronized void forgetAnchors(long absentBefore) {
        anchors.values().removeIf(anchor -> anchor.port() == null && anchor.absentSince() < absentBefore);
    }

    private Anchor anchorFor(String name, byte[] descriptionHash, long now) {
        ByteBuffer key = ByteBuffer.wrap(descriptionHash);
        Anchor known = anchors.get(key);
        if (known != null && known.port() == null) {
            known.rename(name);
            return known;
        }
        Anchor made = new Anchor(name, descriptionHash, true, now);
        anchors.putIfAbsent(key, made); // of two interfaces with one description the first keeps the stored paths
        return made;
    }

    private synchronized void sortOut() {
        programs = Arrays.stream(sorted).filter(Port::isProgram).toArray(Port[]::new);
        sharedInstances = Arrays.stream(sorted).filter(Port::isSharedInstance).toArray(Port[]::new);
    }

    private void release(Port port) {
        port.leave();
        port.anchor().release(time.millis());
        byMedium.remove(port.medium());
        Port[] numbers = byNumber.clone();
        numbers[port.number()] = null;
        byNumber = numbers;
        free.addLast(new FreeNumber(port.number(), time.millis(), port.anchor()));
    }

    private static boolean isBelow(Port candidate, Port ancestor) {
        for (Port port = candidate.parent().orElse(null);
                port != null;
                port = port.parent().orElse(null)) {
            if (port == ancestor) {
                return true;
            }
        }
        return false;
    }

    /** An interface that comes back gets its number again: then what the tables say by number is still right. */
    private int takeNumber(Anchor anchor, long now) {
        for (FreeNumber rested : free) {
            if (rested.last == anchor) {
                free.remove(rested);
                return rested.number;
            }
        }
        FreeNumber oldest = free.peekFirst();
        if (oldest != null && now - oldest.since > NUMBER_REST_MILLIS) {
            return free.removeFirst().number;
        }
        int number = byNumber.length;
        byNumber = Arrays.copyOf(byNumber, number + 1);
        return number;
    }
}
