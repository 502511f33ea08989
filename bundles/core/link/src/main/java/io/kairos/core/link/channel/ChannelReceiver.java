package io.kairos.core.link.channel;

import io.kairos.lib.wire.ChannelEnvelope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The receiving half of a channel: puts envelopes in order. Holds at most as many as the window is wide.
 *
 * <p>An envelope that nobody can take yet stays where it is and holds up those behind it, because its sender will not send it
 * again; it goes on when somebody takes its type, or gives way when another comes with its number.
 *
 * <p>Owned by the mailbox of its link. Specification: docs/protocol/link.md. Test vectors: {@code ChannelVectors}.
 */
final class ChannelReceiver {

    /** Envelopes further ahead are dropped. */
    static final int WINDOW = 48;

    private final Map<Integer, ChannelEnvelope> held = new HashMap<>();
    private final Predicate<ChannelEnvelope> deliverable;
    private int next;

    ChannelReceiver(int first, Predicate<ChannelEnvelope> deliverable) {
        this.next = first;
        this.deliverable = deliverable;
    }

    int next() {
        return next;
    }

    int held() {
        return held.size();
    }

    /** Takes an envelope; what can be delivered now goes to {@code taker}, in order. */
    void received(ChannelEnvelope envelope, Consumer<ChannelEnvelope> taker) {
        if (isInWindow(envelope.sequence())) {
            held.merge(envelope.sequence(), envelope, (first, later) -> deliverable.test(first) ? first : later);
        }
        deliver(taker);
    }

    /**
     * Hands over what can be delivered now, in order; called again when somebody takes another type.
     *
     * @param taker where it throws, the envelope keeps its place and nothing after it is delivered
     */
    void deliver(Consumer<ChannelEnvelope> taker) {
        ChannelEnvelope first = held.get(next);
        while (first != null && deliverable.test(first)) {
            taker.accept(first);
            held.remove(next);
            next = (next + 1) % ChannelEnvelope.SEQUENCES;
            first = held.get(next);
        }
    }

    /** Whether an envelope is so far ahead that it must be dropped: it will be needed, so it must not be proved. */
    boolean isTooEarly(ChannelEnvelope envelope) {
        int ahead = Math.floorMod(envelope.sequence() - next, ChannelEnvelope.SEQUENCES);
        return ahead > WINDOW && ahead < ChannelEnvelope.SEQUENCES / 2;
    }

    private boolean isInWindow(int sequence) {
        if (sequence >= next) {
            return sequence <= next + WINDOW;
        }
        int wrapped = (next + WINDOW) % ChannelEnvelope.SEQUENCES;
        return wrapped < next && sequence <= wrapped;
    }
}
