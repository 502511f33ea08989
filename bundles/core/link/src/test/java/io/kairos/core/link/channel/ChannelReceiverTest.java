package io.kairos.core.link.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.wire.ChannelEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelReceiverTest {

    private static final int KNOWN = 0x101;
    private static final int UNKNOWN = 0x202;

    private final List<ChannelEnvelope> ready = new ArrayList<>();
    private final ChannelReceiver receiver = new ChannelReceiver(0, envelope -> envelope.type() == KNOWN);

    private static ChannelEnvelope envelope(int type, int sequence) {
        return new ChannelEnvelope(type, sequence, new byte[] {(byte) sequence});
    }

    @Test
    void whatNobodyCanTakeGivesWayToAnotherWithItsNumber() {
        receiver.received(envelope(UNKNOWN, 0), ready::add);
        assertTrue(ready.isEmpty());

        receiver.received(envelope(KNOWN, 0), ready::add);

        assertEquals(1, ready.size());
        assertEquals(KNOWN, ready.get(0).type());
        assertEquals(1, receiver.next());
    }

    @Test
    void theFirstOfTwoWithOneNumberCounts() {
        ChannelEnvelope first = envelope(KNOWN, 1);
        receiver.received(first, ready::add);
        receiver.received(envelope(KNOWN, 1), ready::add);
        receiver.received(envelope(KNOWN, 0), ready::add);

        assertEquals(first, ready.get(1));
    }

    @Test
    void whatCannotBeUsedKeepsItsNumberAndNothingFollowsIt() {
        receiver.received(envelope(KNOWN, 1), ready::add);

        assertThrows(
                MalformedException.class,
                () -> receiver.received(envelope(KNOWN, 0), envelope -> {
                    throw new MalformedException("a bomb");
                }));

        assertEquals(0, receiver.next());
        assertEquals(2, receiver.held());
    }
}
