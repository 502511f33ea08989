package io.kairos.core.router.announce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.MeshInterface;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.PipedInterface;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private final ManualClock clock = new ManualClock();
    private final Ports ports = new Ports(new NodeTime(clock), Optional::empty);
    private final PipedInterface.Pair pair = PipedInterface.pair("loud", "quiet", clock, 1);
    private final Port loud = ports.add(pair.left(), null, null);
    private final Port quiet = ports.add(pair.right(), null, null);

    @Test
    void aStormOnOneInterfaceDelaysAnotherByOneEntry() {
        FairQueue<String> queue = new FairQueue<>(100, 1000);
        for (int i = 0; i < 200; i++) {
            assertEquals(i < 100, queue.offer(loud, "loud"));
        }
        assertTrue(queue.offer(quiet, "quiet"));
        assertTrue(queue.offer(quiet, "quiet"));
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            served.add(queue.poll().entry());
        }
        assertEquals(List.of("loud", "quiet", "loud", "quiet"), served);
    }

    @Test
    void aFullQueueStillHasRoomForQuietInterfaces() {
        FairQueue<String> queue = new FairQueue<>(100, 100);
        for (int i = 0; i < 100; i++) {
            queue.offer(loud, "loud");
        }
        for (int i = 0; i < 16; i++) {
            assertTrue(queue.offer(quiet, "quiet"));
        }
        assertFalse(queue.offer(quiet, "quiet"));
        assertEquals(116, queue.size());
        for (int i = 0; i < 116; i++) {
            queue.poll();
        }
        assertNull(queue.poll());
    }

    private static MeshInterface program(MeshInterface real) {
        return (MeshInterface) Proxy.newProxyInstance(
                FairQueueTest.class.getClassLoader(),
                new Class<?>[] {MeshInterface.class},
                (proxy, method, given) ->
                        method.getName().equals("servesLocalProgram") ? true : method.invoke(real, given));
    }

    @Test
    void whatAProgramSendsIsServedOneAfterTheOther() {
        Port program = ports.add(program(pair.left()), null, null);
        FairQueue<String> queue = new FairQueue<>(100, 1000);
        queue.offer(program, "announce");
        queue.offer(program, "registration");
        queue.offer(loud, "loud");
        queue.offer(loud, "louder");

        FairQueue.Turn<String> first = queue.poll();
        assertEquals("announce", first.entry());
        assertEquals("loud", queue.poll().entry());
        assertEquals("louder", queue.poll().entry(), "others need not wait for each other");
        assertNull(queue.poll());
        assertFalse(queue.isReady());
        queue.offer(program, "later");
        assertFalse(queue.isReady());
        queue.done(first);
        assertTrue(queue.isReady());
        FairQueue.Turn<String> second = queue.poll();
        assertEquals("registration", second.entry());
        assertNull(queue.poll());
        queue.done(second);
        FairQueue.Turn<String> third = queue.poll();
        assertEquals("later", third.entry());
        queue.done(third);
        assertNull(queue.poll());
        assertEquals(0, queue.size());
    }
}
