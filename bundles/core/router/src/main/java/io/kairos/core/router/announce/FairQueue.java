package io.kairos.core.router.announce;

import io.kairos.core.router.ports.Port;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Bounded queues, one for each interface, served in turn: a storm on one interface neither delays nor displaces what
 * comes over another. What a program on this machine sends is served one after the other, because the order has a meaning:
 * a registration that overtakes the announce before it would make that an old one. Threads: any.
 */
final class FairQueue<T> {

    /** An interface may always queue this many, however full the others are. */
    private static final int GUARANTEED = 16;

    private final int limit;
    private final int totalLimit;

    // ---- guarded by this ----
    private final Map<Port, Queue<T>> lanes = new HashMap<>();
    private final Queue<Port> turns = new ArrayDeque<>();
    private final Set<Port> served = Collections.newSetFromMap(new IdentityHashMap<>()); // programs, until done
    private int total;

    /** An entry whose turn it is; {@link #done} has to follow. */
    record Turn<T>(Port from, T entry) {}

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
        if (lane.isEmpty() && !served.contains(from)) {
            turns.add(from);
        }
        lane.add(entry);
        total++;
        return true;
    }

    /** The next entry of the interface whose turn it is, or {@code null}. */
    synchronized Turn<T> poll() {
        Port from = turns.poll();
        if (from == null) {
            return null;
        }
        Queue<T> lane = lanes.get(from);
        T entry = lane.remove();
        total--;
        if (lane.isEmpty()) {
            lanes.remove(from);
        }
        if (from.isProgram()) {
            served.add(from);
        } else if (!lane.isEmpty()) {
            turns.add(from);
        }
        return new Turn<>(from, entry);
    }

    /** An entry was served. */
    synchronized void done(Turn<T> turn) {
        if (served.remove(turn.from) && lanes.containsKey(turn.from)) {
            turns.add(turn.from);
        }
    }

    /** Whether {@link #poll} would give something. */
    synchronized boolean isReady() {
        return !turns.isEmpty();
    }

    synchronized int size() {
        return total;
    }
}
