package io.kairos.core.link.channel;

import io.kairos.lib.wire.ChannelEnvelope;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The sending half of a channel: numbers messages, keeps them until they are proved, sends them again.
 *
 * <p>Times are nanoseconds of the monotonic clock. Guarded by the lock of its channel. Specification: docs/protocol/link.md.
 */
final class ChannelSender {

    private static final int TRIES = 5;
    private static final double BACK_OFF = 1.5;
    private static final double SHORTEST = 0.025;

    private final ChannelWindow window;
    private final Map<Integer, Outstanding> outstanding = new LinkedHashMap<>();
    private final Map<ByteBuffer, Outstanding> byPacket = new LinkedHashMap<>();
    private int next;

    ChannelSender(double roundTrip) {
        window = new ChannelWindow(roundTrip);
    }

    /** Seconds until a try is given up. */
    static double timeout(double roundTrip, int onTheirWay, int tries) {
        return Math.pow(BACK_OFF, tries - 1.0) * Math.max(2.5 * roundTrip, SHORTEST) * (onTheirWay + 1.5);
    }

    /** Whether another message may be sent. Never further ahead of the oldest than the other end keeps messages. */
    boolean isReady() {
        return outstanding.size() < window.size() && ahead() < ChannelReceiver.WINDOW;
    }

    private int ahead() {
        return outstanding.isEmpty()
                ? 0
                : Math.floorMod(next - outstanding.keySet().iterator().next(), ChannelEnvelope.SEQUENCES);
    }

    int onTheirWay() {
        return outstanding.size();
    }

    ChannelWindow window() {
        return window;
    }

    /** Takes the next number for a message. */
    Outstanding add(int type, byte[] message) {
        Outstanding added = new Outstanding(new ChannelEnvelope(type, next, message));
        next = (next + 1) % ChannelEnvelope.SEQUENCES;
        outstanding.put(added.envelope.sequence(), added);
        return added;
    }

    /**
     * The link did not take the packet: its number is used for the next message.
     *
     * @return false when a later message has its number already; this one is tried again like a lost one
     */
    boolean giveBack(Outstanding refused) {
        int sequence = refused.envelope.sequence();
        if ((sequence + 1) % ChannelEnvelope.SEQUENCES != next || outstanding.remove(sequence) == null) {
            return false;
        }
        byPacket.values().remove(refused);
        next = sequence;
        return true;
    }

    /** A try has left in the packet with this hash. */
    void sent(Outstanding message, byte[] packetHash, double roundTrip, long now) {
        byPacket.values().remove(message);
        byPacket.put(ByteBuffer.wrap(packetHash), message);
        message.tries++;
        message.deadline = now + nanos(timeout(roundTrip, outstanding.size(), message.tries));
        for (Outstanding other : outstanding.values()) {
            long recomputed = message == other || other.tries == 0
                    ? other.deadline
                    : other.sentAt + nanos(timeout(roundTrip, outstanding.size(), other.tries));
            other.deadline = Math.max(other.deadline, recomputed);
        }
        message.sentAt = now;
    }

    /** Whether this packet waits for its proof. */
    boolean awaits(byte[] packetHash) {
        return byPacket.containsKey(ByteBuffer.wrap(packetHash));
    }

    /** The packet was proved; the message that it carried, or {@code null}. */
    Outstanding proved(byte[] packetHash, double roundTrip) {
        Outstanding message = byPacket.remove(ByteBuffer.wrap(packetHash));
        if (message != null) {
            outstanding.remove(message.envelope.sequence());
            window.acknowledged(roundTrip);
        }
        return message;
    }

    /** Messages whose try is over; each of them shrinks the window. */
    List<Outstanding> overdue(long now) {
        List<Outstanding> late = new ArrayList<>();
        for (Outstanding message : outstanding.values()) {
            if (message.tries > 0 && now - message.deadline >= 0) {
                late.add(message);
            }
        }
        late.forEach(message -> window.timedOut());
        return late;
    }

    /** Nanoseconds until the next try is over; {@link Long#MAX_VALUE} where nothing is on its way. */
    long untilOverdue(long now) {
        return outstanding.values().stream()
                .filter(message -> message.tries > 0)
                .mapToLong(message -> message.deadline - now)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Everything that was not proved; nothing is on its way afterwards. */
    List<Outstanding> drain() {
        List<Outstanding> rest = new ArrayList<>(outstanding.values());
        outstanding.clear();
        byPacket.clear();
        return rest;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /** A message that was not proved yet. */
    static final class Outstanding {

        private final ChannelEnvelope envelope;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int tries;
        private long sentAt;
        private long deadline;

        Outstanding(ChannelEnvelope envelope) {
            this.envelope = envelope;
        }

        ChannelEnvelope envelope() {
            return envelope;
        }

        CompletableFuture<Void> done() {
            return done;
        }

        boolean isExhausted() {
            return tries >= TRIES;
        }
    }
}
