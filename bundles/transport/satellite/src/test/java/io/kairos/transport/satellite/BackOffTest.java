package io.kairos.transport.satellite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.test.kit.ManualClock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void pausesGrowAsTheOperatorsOfTheNetworkAsk() {
        BackOff pauses = new BackOff(new Random(1));
        int[] most = {5, 5, 30, 30, 300, 300, 300};
        for (int seconds : most) {
            Duration pause = pauses.failed();
            assertTrue(!pause.isZero() && pause.compareTo(Duration.ofSeconds(seconds)) <= 0, pause.toString());
        }
        assertTrue(pauses.later().compareTo(Duration.ofMinutes(3)) >= 0);
        pauses.succeeded();
        assertTrue(pauses.failed().compareTo(Duration.ofSeconds(5)) <= 0);
    }

    @Test
    void withoutAStoreNobodySpends() {
        StoreReference reference = new StoreReference();
        reference.close();

        assertEquals(
                Failure.Kind.STORAGE,
                assertThrows(MeshException.class, () -> reference.await(new ManualClock()))
                        .kind());
    }
}
