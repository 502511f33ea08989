package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What one read brought in is closed with one call; what is not flushed leaves soon. */
abstract class BurstContract extends DeliveryContract {

    @Test
    protected void burstsEndWithEndOfBurst() {
        Pair pair = connect();

        for (int round = 0; round < 5; round++) {
            exchange(pair.first(), pair.second(), Packets.random(round, Math.min(10, window()), 500));
            Await.until("burst is closed", patience(), pair.second().inbox()::isBurstClosed);
        }

        assertTrue(pair.second().inbox().bursts() > 0);
        assertTrue(pair.second().inbox().bursts() <= pair.second().inbox().count());
    }

    @Test
    protected void aPacketThatIsNotFlushedLeavesSoon() {
        Pair pair = connect();

        pair.first().carrier().send(ByteBuffer.wrap(Packets.numbered(1, 100)));

        Await.until(
                "the packet arrives",
                Duration.ofSeconds(1),
                () -> pair.second().inbox().count() == 1);
    }
}
