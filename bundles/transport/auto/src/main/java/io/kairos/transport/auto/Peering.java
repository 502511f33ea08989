package io.kairos.transport.auto;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is there: the neighbours by their keys, when each was heard, and when each is told again that this node is there. No
 * sockets and no clock; time is handed in.
 *
 * <p>Threads: one.
 *
 * @param <K> what tells neighbours apart
 */
final class Peering<K> {

    /** How often a node tells the group that it is there. */
    static final Duration ANNOUNCE = Duration.ofMillis(1_600);

    /** How often the neighbours are looked through. */
    static final Duration JOB = Duration.ofSeconds(4);

    /** A neighbour that was not heard for so long is gone. */
    static final Duration LOST = Duration.ofSeconds(22);

    /** A neighbour is told directly, in case multicast does not reach it, when the last time was longer ago. */
    static final Duration REVERSE = Duration.ofMillis(5_200);

    /** What is done before this time after the start is ignored by everybody. */
    static final Duration SETTLE = Duration.ofMillis(1_920);

    /** Without an own echo for so long the system interface has probably lost its carrier. */
    static final Duration CARRIER = Duration.ofMillis(6_500);

    /** The name of a group is public, so anybody may pretend to be any number of members. */
    private static final int MOST = 1_024;

    private static final class Times {

        private long heardNanos;
        private long toldNanos;
    }

    /**
     * What a look through the neighbours has found.
     *
     * @param lost have not been heard for too long and are forgotten
     * @param toTell shall be told directly that this node is there
     */
    record Job<K>(List<K> lost, List<K> toTell) {}

    private final Map<K, Times> peers = new HashMap<>();

    /** A member was heard; {@code true} if it is new. Beyond the bound it is ignored. */
    boolean heard(K peer, long nowNanos) {
        Times known = peers.get(peer);
        if (known != null) {
            known.heardNanos = nowNanos;
            return false;
        }
        if (peers.size() >= MOST) {
            return false;
        }
        Times times = new Times();
        times.heardNanos = nowNanos;
        times.toldNanos = nowNanos;
        peers.put(peer, times);
        return true;
    }

    /** Looks through the neighbours; due every {@link #JOB}. */
    Job<K> look(long nowNanos) {
        List<K> lost = new ArrayList<>();
        List<K> toTell = new ArrayList<>();
        peers.forEach((peer, times) -> {
            if (nowNanos - times.heardNanos > LOST.toNanos()) {
                lost.add(peer);
            } else if (nowNanos - times.toldNanos > REVERSE.toNanos()) {
                times.toldNanos = nowNanos;
                toTell.add(peer);
            }
        });
        lost.forEach(peers::remove);
        return new Job<>(lost, toTell);
    }

    void forget(Collection<K> gone) {
        gone.forEach(peers::remove);
    }
}
