package io.kairos.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.kairos.transport.tcp.SendQueue.Outcome;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SendQueueTest {

    private static final int MOST = 1 << 20;

    private final BufferPool pool = new BufferPool(1 << 20);
    private final SendQueue queue = new SendQueue(pool, Framing.HDLC);

    @Test
    void aBurstBecomesOneWrite() {
        assertEquals(Outcome.FIRST, queue.offer(packet(100), MOST));
        assertEquals(Outcome.QUEUED, queue.offer(packet(100), MOST));

        ByteBuffer taken = queue.take();

        assertEquals(2 * 102, taken.remaining());
        assertNull(queue.take(), "there is one writer at a time");
    }

    @Test
    void whatComesWhileWritingWaitsForTheNextWrite() {
        queue.offer(packet(100), MOST);
        ByteBuffer first = queue.take();

        assertEquals(Outcome.FIRST, queue.offer(packet(50), MOST));
        assertNull(queue.take());
        queue.written(first);

        assertEquals(52, queue.take().remaining());
    }

    @Test
    void theBoundCountsWhatIsBeingWritten() {
        queue.offer(packet(1_000), 4_096);
        queue.offer(packet(1_000), 4_096);
        queue.take();

        assertEquals(Outcome.DROPPED, queue.offer(packet(1_500), 4_096));
    }

    @Test
    void anIdleConnectionHoldsNoPooledBuffer() {
        for (int i = 0; i < 100; i++) {
            queue.offer(packet(500), MOST);
        }
        assertEquals(BufferPool.USUAL, pool.takenBytes());

        queue.written(queue.take());

        assertEquals(0, pool.takenBytes());
    }

    @Test
    void allQueuesTogetherHaveABound() {
        BufferPool small = new BufferPool(3 * BufferPool.USUAL);
        int dropped = 0;
        for (int i = 0; i < 10; i++) {
            SendQueue one = new SendQueue(small, Framing.HDLC);
            dropped += one.offer(packet(5_000), MOST) == Outcome.DROPPED ? 1 : 0;
        }

        assertEquals(7, dropped);
        assertEquals(3 * BufferPool.USUAL, small.takenBytes());
    }

    @Test
    void aClosedQueueGivesEverythingBack() {
        queue.offer(packet(5_000), MOST);
        ByteBuffer taken = queue.take();
        assertNotNull(taken);
        queue.offer(packet(5_000), MOST);

        queue.close();
        queue.written(taken);

        assertEquals(0, pool.takenBytes());
        assertEquals(Outcome.DROPPED, queue.offer(packet(100), MOST));
        assertNull(queue.take());
    }

    private static ByteBuffer packet(int bytes) {
        return ByteBuffer.allocate(bytes);
    }
}
