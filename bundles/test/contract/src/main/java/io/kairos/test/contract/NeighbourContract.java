package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.MeshInterface;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Children come and go with their neighbours; the core comes and goes without harm to them. */
abstract class NeighbourContract extends FaultContract {

    @Test
    protected void childrenComeAndGoWithTheirNeighbours() {
        Assumptions.assumeTrue(secondHasChildren(), "this medium has no children");
        Pair pair = connect();
        pair.second().awaitReady();
        MeshInterface child = pair.second().carrier();

        Await.until("the child is up", patience(), () -> child.status().isUp());
        assertEquals(pair.second().opened().policy(), child.policy());
        assertEquals(pair.second().opened().budget(), child.budget());
        assertFalse(child.description().equals(pair.second().opened().description()));
        pair.first().close();

        Await.until(
                "the child vanishes",
                childPatience(),
                () -> pair.second().sink().vanished() == 1);
        assertEquals(Map.of(), pair.second().sink().children());
        assertFalse(child.status().isUp());
        assertTrue(pair.second().opened().status().isUp());
        assertDoesNotThrow(() -> send(child, Packets.numbered(1, 100)));
    }

    @Test
    protected void detachSilencesTheOldSinkAndAnotherAttachWorks() {
        Pair pair = connect();
        exchange(pair.first(), pair.second(), Packets.random(1, 1, 100));
        MeshInterface sender = pair.first().carrier();
        RecordingSink old = pair.second().sink();
        RecordingSink oldInbox = pair.second().inbox();

        pair.second().opened().detach();
        send(sender, Packets.numbered(5, 100));
        Await.until(
                "the packet is counted as dropped",
                patience(),
                () -> pair.second().opened().counters().droppedIncoming() == 1);
        assertEquals(1, oldInbox.count());

        pair.second().attach();
        pair.second().awaitReady();
        send(sender, Packets.numbered(6, 100));
        Await.until(
                "the new sink gets packets",
                patience(),
                () -> pair.second().inbox().count() == 1);
        assertEquals(1, oldInbox.count());
        assertEquals(0, old.vanished(), "the old sink stays silent");
    }
}
