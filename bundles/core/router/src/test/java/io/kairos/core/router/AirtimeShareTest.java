package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.transport.LinkBudget;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Relayed announces on a medium that may be used only part of the time. */
class AirtimeShareTest {

    private static final DestinationHash OTHER = new DestinationHash(0x0123456789abcdefL, 1);
    private static final long BITS_PER_SECOND = 1_200;

    private final TestNode.Keys alice = new TestNode.Keys("alice");

    /** Seconds until the second of two announces may leave; the first one went at once. */
    private double pauseWith(double airtimeShare) {
        VectorNode node = new VectorNode("a", "b");
        node.on("b").budget(new LinkBudget(BITS_PER_SECOND, 500, LinkBudget.MtuClass.NONE, airtimeShare, 0));
        for (String name : new String[] {"kairos.first", "kairos.second"}) {
            byte[] raw = TestNode.announce(alice, name, new byte[0], 1_767_225_600L, false);
            node.on("a").receive(TestNode.relayed(raw, 1, OTHER));
        }
        node.node.core.stopTimer();
        node.clock.advance(Duration.ofMillis(600));
        node.node.core.runJobs();
        byte[] first = node.on("b").drain().get(0);
        double pause = node.port("b").pacer().waitNanos(node.clock.nanos()) / 1e9;
        return pause / (first.length * 8.0 / BITS_PER_SECOND); // in times of the packet's own
    }

    @Test
    void announcesTakeAtMostHalfOfTheTimeOnAir() {
        assertEquals(50, pauseWith(1), 0.01, "the announce cap of 2 %");
        assertEquals(50, pauseWith(0.1), 0.01, "half of 10 % is more than the cap");
        assertEquals(200, pauseWith(0.01), 0.01, "half of 1 %");
    }
}
