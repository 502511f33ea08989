package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.core.router.ports.Port;
import io.kairos.test.kit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurstLimitsTest {

    private final TestNode node = new TestNode("limits", new ManualClock(1_767_225_600_000L));
    private final TestNode.Keys alice = new TestNode.Keys("alice");
    private final TestInterface a = node.open("a");
    private int count;

    private void announces(int number, double every) {
        for (int i = 0; i < number; i++) {
            a.receive(TestNode.announce(alice, "kairos.b" + count++, new byte[0], 1_767_225_600L, false));
            node.advance(every);
        }
    }

    private Port port() {
        return node.core.parts().ports().of(a);
    }

    /** After how many seconds each held announce was let go, counted from the one before. */
    private List<Long> pauses(int number) {
        List<Long> pauses = new ArrayList<>();
        int before = port().held().size();
        long last = 0;
        for (long quarter = 1; pauses.size() < number && quarter < 2_000; quarter++) {
            node.advance(0.25);
            if (port().held().size() < before) {
                before = port().held().size();
                pauses.add((quarter - last) / 4);
                last = quarter;
            }
        }
        return pauses.subList(1, pauses.size()); // the first one waited for the end of the burst
    }

    @Test
    void heldAnnouncesAreLetGoEveryFiveSeconds() {
        announces(20, 0.2);
        assertTrue(port().held().size() > 4, "held: " + port().held().size());
        assertEquals(List.of(5L, 5L, 5L), pauses(4));
    }

    @Test
    void theOperatorChoosesHowFastTheyAreLetGoAndHowManyWait() {
        a.policy("ingress.release.seconds", "2", "ingress.held.limit", "3", "ingress.burst.penalty.seconds", "1");
        announces(20, 0.2);
        assertEquals(3, port().held().size());
        assertEquals(List.of(2L, 2L), pauses(3));
    }

    @Test
    void theOperatorChoosesWhatIsABurst() {
        a.policy("ingress.announces.per.second.new", "100");
        announces(20, 0.2);
        assertFalse(port().announceGuard().isActive());
        a.policy(
                "ingress.announces.per.second.new",
                "100",
                "ingress.new.seconds",
                "0",
                "ingress.announces.per.second",
                "1");
        announces(20, 0.2);
        assertTrue(port().announceGuard().isActive());
    }

    @Test
    void aBurstOfPathRequestsHasLimitsOfItsOwn() {
        a.policy("ingress.requests.per.second.new", "2", "ingress.announces.per.second.new", "100");
        for (int i = 0; i < 12; i++) {
            port().countRequest(node.clock.nanos() / 1_000_000);
            node.advance(0.25);
        }
        port().requestGuard().limits(node.clock.nanos() / 1_000_000);
        assertTrue(port().requestGuard().isActive());
        assertFalse(port().announceGuard().isActive());
    }
}
