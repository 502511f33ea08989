package io.kairos.lib.medium.paid;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Packets that wait for a medium on which they cost, the urgent ones first. When it is full the least urgent ones make room for more urgent
 * ones. Threads: any.
 */
public final class Outbox {

    /** A packet and what it is. */
    @SuppressWarnings("ArrayRecordComponent") // never compared by content
    public record Waiting(byte[] packet, Urgency urgency) {}

    private final int mostBytes;

    // ---- guarded by this ----
    private final Map<Urgency, ArrayDeque<Waiting>> waiting = new EnumMap<>(Urgency.class);
    private int bytes;
    private long dropped;

    /** @param mostBytes most bytes that may wait */
    public Outbox(int mostBytes) {
        this.mostBytes = mostBytes;
        for (Urgency urgency : Urgency.values()) {
            waiting.put(urgency, new ArrayDeque<>());
        }
    }

    /** Copies a packet; false where nothing less urgent could make room for it. */
    public synchronized boolean offer(ByteBuffer packet) {
        Urgency urgency = Urgency.of(packet);
        int size = packet.remaining();
        for (int i = Urgency.values().length - 1; i > urgency.ordinal() && bytes + size > mostBytes; i--) {
            ArrayDeque<Waiting> less = waiting.get(Urgency.values()[i]);
            while (!less.isEmpty() && bytes + size > mostBytes) {
                bytes -= less.pollLast().packet().length;
                dropped++;
            }
        }
        if (bytes + size > mostBytes) {
            return false;
        }
        byte[] copy = new byte[size];
        packet.duplicate().get(copy);
        waiting.get(urgency).add(new Waiting(copy, urgency));
        bytes += size;
        return true;
    }

    /** The most urgent packet; those that {@code isWorth} refuses are dropped and counted on the way. */
    public synchronized Optional<Waiting> take(Predicate<Waiting> isWorth) {
        for (ArrayDeque<Waiting> queue : waiting.values()) {
            for (Waiting first = queue.poll(); first != null; first = queue.poll()) {
                bytes -= first.packet().length;
                if (isWorth.test(first)) {
                    return Optional.of(first);
                }
                dropped++;
            }
        }
        return Optional.empty();
    }

    /** Whether nothing waits. */
    public synchronized boolean isEmpty() {
        return bytes == 0;
    }

    /** How many packets were dropped since the last call. */
    public synchronized long dropped() {
        long since = dropped;
        dropped = 0;
        return since;
    }

    /** Forgets what waits. */
    public synchronized void clear() {
        waiting.values().forEach(ArrayDeque::clear);
        bytes = 0;
    }
}
