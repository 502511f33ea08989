package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.transport.MeshInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Packets arrive whole, once, in their order, from any thread, and are counted. */
abstract class DeliveryContract extends MeshInterfaceScene {

    @Test
    protected void packetsArriveWholeInBothDirections() {
        Pair pair = connect();
        int most = Math.min(pair.first().opened().budget().packetBytes(), 8_192);

        exchange(pair.first(), pair.second(), Packets.random(1, 200, most));
        exchange(pair.second(), pair.first(), Packets.random(2, 200, most));
    }

    @Test
    protected void theLargestPacketArrives() {
        Pair pair = connect();
        byte[][] largest = {Packets.numbered(7, pair.first().opened().budget().packetBytes())};

        exchange(pair.first(), pair.second(), largest);
        exchange(pair.second(), pair.first(), largest);
    }

    @Test
    protected void severalThreadsMaySendAtOnce() throws InterruptedException {
        Pair pair = connect();
        int each = Math.min(200, Math.max(1, window() / 4)); // together less than the smallest usual queue
        MeshInterface carrier = pair.first().carrier();

        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 4; sender++) {
            int base = sender * each;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    carrier.send(ByteBuffer.wrap(Packets.numbered(base + i, 300)));
                    if (i % 16 == 15) {
                        carrier.flush();
                    }
                }
                carrier.flush();
            });
            senders.add(thread);
            thread.start();
        }
        for (Thread sender : senders) {
            sender.join();
        }

        assertEquals(0, carrier.counters().droppedOutgoing());
        Await.until(
                "all packets arrive", patience(), () -> pair.second().inbox().count() == 4 * each);
        Set<Integer> numbers = new HashSet<>();
        for (byte[] packet : pair.second().inbox().packets()) {
            assertArrayEquals(Packets.numbered(Packets.number(packet), 300), packet);
            numbers.add(Packets.number(packet));
        }
        assertEquals(4 * each, numbers.size());
    }

    @Test
    protected void countersAddUp() {
        Pair pair = connect();
        byte[][] packets = Packets.random(3, 20, 500);
        long bytes = Arrays.stream(packets).mapToLong(packet -> packet.length).sum();

        exchange(pair.first(), pair.second(), packets);

        assertEquals(20, pair.first().opened().counters().sentPackets());
        assertEquals(bytes, pair.first().opened().counters().sentBytes());
        assertEquals(20, pair.second().opened().counters().receivedPackets());
        assertEquals(bytes, pair.second().opened().counters().receivedBytes());
        assertEquals(0, pair.second().opened().counters().malformedFrames());
    }
}
