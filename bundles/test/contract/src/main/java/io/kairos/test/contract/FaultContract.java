package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Strangers on the medium and faults of the core cost packets, never the interface. */
abstract class FaultContract extends BackPressureContract {

    @Test
    protected void hostileBytesOnlyMoveCounters() {
        Pair pair = connect();
        exchange(pair.first(), pair.second(), Packets.random(1, 1, 100));
        byte[] garbage = new byte[70_000];
        new Random(99).nextBytes(garbage);
        byte[] endless = new byte[1 << 20];
        endless[0] = 0x7E;
        Arrays.fill(endless, 1, endless.length, (byte) 'A');

        Assumptions.assumeTrue(attackSecond(garbage), "this medium has no door for strangers");
        attackSecond(endless);
        attackSecond(new byte[] {0x7E, 0x7D, 0x7E, 0x7E, 0x7D});

        awaitQuiet(pair.second().sink());
        int before = pair.second().inbox().count();
        pair.first().send(Packets.numbered(2, 100));
        Await.until(
                "packets still flow", patience(), () -> pair.second().inbox().count() > before);
        assertTrue(pair.second().opened().status().isUp());
    }

    @Test
    protected void aFaultOfTheCoreDoesNotStopTheInterface() {
        Pair pair = connect();
        exchange(pair.first(), pair.second(), Packets.random(1, 1, 100));

        pair.second().inbox().throwFromNowOn(true);
        pair.first().send(Packets.numbered(1, 100));
        Await.until(
                "the packet arrives", patience(), () -> pair.second().inbox().count() == 2);
        pair.second().inbox().throwFromNowOn(false);
        pair.first().send(Packets.numbered(2, 100));

        Await.until(
                "the next packet arrives",
                patience(),
                () -> pair.second().inbox().count() == 3);
    }
}
