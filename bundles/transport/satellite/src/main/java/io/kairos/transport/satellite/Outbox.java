package io.kairos.transport.satellite;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Packets that wait for the modem, the urgent ones first. When it is full the least urgent ones make room for more urgent
 * ones. Threads: any.
 */
final class Outbox {

    /** A packet and what it is. */
    @SuppressWarnings("ArrayRecordComponent") // never compared by content
    record Waiting(byte[] packet, Urgency urgency) {}

    private final int mostBytes;

    // ---- guarded by this ----
    private final Map<Urgency, ArrayDeque<Waiting>> waiting = new EnumMap<>(Urgency.class);
    private int bytes;
    private long dropped;

    Outbox(int mostBytes) {
        this.mostBytes = mostBytes;
        for (Urgency urgency : Urgency.values()) {
            waiting.put(urgency, new ArrayDeque<>());
        }
    }

    /** Copies a packet; false where nothing less urgent could make room for it. */
    synchronized boolean offer(ByteBuffer packet) {
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
    synchronized Optional<Waiting> take(Predicate<Waiting> isWorth) {
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

    synchronized boolean isEmpty() {
        return bytes == 0;
    }

    /** How many packets were dropped since the last call. */
    synchronized long dropped() {
        long since = dropped;
        dropped = 0;
        return since;
    }

    synchronized void clear() {
        waiting.values().forEach(ArrayDeque::clear);
        bytes = 0;
    }
}
