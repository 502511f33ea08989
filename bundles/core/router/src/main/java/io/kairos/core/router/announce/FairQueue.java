package io.kairos.core.router.announce;

import io.kairos.core.router.ports.Port;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Bounded queues, one for each interface, served in turn: a storm on one interface neither delays nor displaces what
 * comes over another. Threads: any.
 */
final class FairQueue<T> {

    /** An interface may always queue this many, however full the others are. */
    private static final int GUARANTEED = 16;

    private final int limit;
    private final int totalLimit;

    // ---- guarded by this ----
    private final Map<Port, Queue<T>> lanes = new HashMap<>();
    private final Queue<Port> turns = new ArrayDeque<>();
    private int total;

    /**
     * @param limit most entries of one interface
     * @param totalLimit most entries of all
     */
    FairQueue(int limit, int totalLimit) {
        this.limit = limit;
        this.totalLimit = totalLimit;
    }

    /** Adds an entry; false where there is no room. */
    synchronized boolean offer(Port from, T entry) {
        Queue<T> lane = lanes.computeIfAbsent(from, port -> new ArrayDeque<>());
        if (lane.size() >= limit || total >= totalLimit && lane.size() >= GUARANTEED) {
            return false;
        }
        if (lane.isEmpty()) {
            turns.add(from);
        }
        lane.add(entry);
        total++;
        return true;
    }

    /** The next entry of the interface whose turn it is, or {@code null}. */
    synchronized T poll() {
        Port turn = turns.poll();
        if (turn == null) {
            return null;
        }
        Queue<T> lane = lanes.get(turn);
        T entry = lane.remove();
        total--;
        if (lane.isEmpty()) {
            lanes.remove(turn);
        } else {
            turns.add(turn);
        }
        return entry;
    }

    synchronized int size() {
        return total;
    }
}
