package io.kairos.transport.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.InterfacePolicy;
import io.kairos.test.kit.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final ManualClock clock = new ManualClock();
    private final Inbox inbox = new Inbox();

    @Test
    void aSlowLineCarriesOnePacketAfterTheOther() throws InterruptedException {
        LoopbackSettings medium = medium(Duration.ofMillis(50), 8_000, 10_000);
        inbox.offer(ByteBuffer.allocate(100), clock.nanos(), medium); // 100 ms on the line
        inbox.offer(ByteBuffer.allocate(200), clock.nanos(), medium); // 200 ms more

        clock.advance(Duration.ofMillis(150));
        assertEquals(List.of(100), sizes());

        clock.advance(Duration.ofMillis(200));
        assertEquals(List.of(200), sizes());
    }

    @Test
    void aFullInboxRefuses() {
        LoopbackSettings medium = medium(Duration.ZERO, 0, 4_096);

        assertTrue(inbox.offer(ByteBuffer.allocate(4_000), clock.nanos(), medium));
        assertFalse(inbox.offer(ByteBuffer.allocate(100), clock.nanos(), medium));
    }

    @Test
    void aClosedInboxLetsItsReaderGo() throws InterruptedException {
        inbox.close();

        assertFalse(inbox.take(new ArrayList<>(), clock));
        assertFalse(inbox.offer(ByteBuffer.allocate(1), clock.nanos(), medium(Duration.ZERO, 0, 4_096)));
    }

    private List<Integer> sizes() throws InterruptedException {
        List<ByteBuffer> burst = new ArrayList<>();
        inbox.take(burst, clock);
        return burst.stream().map(ByteBuffer::remaining).toList();
    }

    private static LoopbackSettings medium(Duration delay, long bitsPerSecond, int queueBytes) {
        return new LoopbackSettings("a", "b", delay, 0, bitsPerSecond, queueBytes, InterfacePolicy.DEFAULT);
    }
}
