package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.MeshInterface;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A receiver that stands still costs packets and never the sender; what is lost is lost whole. */
abstract class BackPressureContract extends BurstContract {

    private static final int MOST_PACKETS = 20_000;

    @Test
    protected void aReceiverThatStandsStillNeverBlocksTheSender() {
        Pair pair = connect();
        MeshInterface carrier = pair.first().carrier();
        pair.second().sink().pause();
        pair.second().inbox().pause();
        byte[] packet = Packets.numbered(1, 500);
        long most = mostBytesUnderWay() / packet.length;

        long longest = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); // a busy machine needs not send them all
        for (long i = 0; i < most && carrier.counters().droppedOutgoing() < 1_000 && System.nanoTime() - end < 0; i++) {
            long start = System.nanoTime();
            carrier.send(ByteBuffer.wrap(packet));
            if (i % 32 == 31) {
                carrier.flush();
            }
            longest = Math.max(longest, System.nanoTime() - start);
        }

        long millis = TimeUnit.NANOSECONDS.toMillis(longest);
        assertTrue(millis < 5_000, "sending took " + millis + " ms");
        if (countsWhatASlowReceiverCosts()) {
            assertTrue(
                    carrier.counters().droppedOutgoing() >= 1_000,
                    "the queue has a bound and what it drops is counted");
        }
        pair.second().inbox().resume();
        pair.second().sink().resume();
        awaitQuiet(pair.second().inbox());
        int before = pair.second().inbox().count();
        pair.first().send(Packets.numbered(2, 100));
        Await.until(
                "packets flow again", patience(), () -> pair.second().inbox().count() > before);
    }

    @Test
    protected void whatIsLostIsLostWholeAndNothingComesTwice() {
        Pair pair = connect();
        MeshInterface carrier = pair.first().carrier();
        pair.second().sink().pause();
        pair.second().inbox().pause();

        int sent = 0;
        while (sent < MOST_PACKETS && carrier.counters().droppedOutgoing() == 0) {
            carrier.send(ByteBuffer.wrap(Packets.numbered(sent++, 300)));
        }
        carrier.flush();
        pair.second().inbox().resume();
        pair.second().sink().resume();
        awaitQuiet(pair.second().inbox());

        List<byte[]> arrived = pair.second().inbox().packets();
        Set<Integer> numbers = new LinkedHashSet<>();
        int last = -1;
        for (byte[] packet : arrived) {
            int number = Packets.number(packet);
            assertArrayEquals(Packets.numbered(number, 300), packet, "no part of a packet, no two in one");
            assertTrue(number >= 0 && number < sent, "only what was sent");
            assertTrue(numbers.add(number), () -> "packet " + number + " came twice");
            assertTrue(!keepsOrder() || number > last, "the order stays where packets are lost");
            last = number;
        }
        assertTrue(!arrived.isEmpty(), "not everything is lost");
    }
}
