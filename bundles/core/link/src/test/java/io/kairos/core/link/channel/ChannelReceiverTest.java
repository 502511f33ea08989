package io.kairos.core.link.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.lib.wire.ChannelEnvelope;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelReceiverTest {

    private static final int KNOWN = 0x101;
    private static final int UNKNOWN = 0x202;

    private final ChannelReceiver receiver = new ChannelReceiver(0, envelope -> envelope.type() == KNOWN);

    private static ChannelEnvelope envelope(int type, int sequence) {
        return new ChannelEnvelope(type, sequence, new byte[] {(byte) sequence});
    }

    @Test
    void whatNobodyCanTakeGivesWayToAnotherWithItsNumber() {
        assertTrue(receiver.received(envelope(UNKNOWN, 0)).isEmpty());

        List<ChannelEnvelope> ready = receiver.received(envelope(KNOWN, 0));

        assertEquals(1, ready.size());
        assertEquals(KNOWN, ready.get(0).type());
        assertEquals(1, receiver.next());
    }

    @Test
    void theFirstOfTwoWithOneNumberCounts() {
        ChannelEnvelope first = envelope(KNOWN, 1);
        receiver.received(first);
        receiver.received(envelope(KNOWN, 1));

        assertEquals(first, receiver.received(envelope(KNOWN, 0)).get(1));
    }
}
