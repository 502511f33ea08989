package io.kairos.test.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.packet.DestinationHash;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A node that is ended without warning, again and again, in one life. */
class SuddenDeathIT {

    @Test
    void afterEachOfTenSuddenDeathsTheNodeComesBackAsItWas() throws IOException {
        int first = NodeProcess.freePort();
        int second = NodeProcess.freePort();
        int third = NodeProcess.freePort();
        try (NodeProcess node = new NodeProcess("sudden-death").listens("first", first)) {
            node.start().awaitProcess().kill(); // 1
            node.start().awaitLog("").kill(); // 2
            node.start().awaitLog("The store is open").kill(); // 3
            node.start().awaitLog("Interface first is up").kill(); // 4
            node.start().awaitPort(first).kill(); // 5

            DestinationHash id = idOf(node.start().awaitPort(first), first);
            node.kill(); // 6: the identity was made known a moment ago

            assertEquals(id, idOf(node.start().awaitPort(first), first));
            node.listens("second", second).kill(); // 7: a file is there, perhaps not read yet

            node.start().awaitPort(first).awaitPort(second);
            assertEquals(id, idOf(node, second));
            pour(first, 300);
            node.kill(); // 8: announces are being checked and repeated

            node.start().awaitPort(second);
            node.listens("third", third).awaitPort(third);
            pour(third, 300);
            node.kill(); // 9: a new interface, and announces on it

            node.start().awaitLog("The store is open").kill(); // 10

            node.start().awaitPort(first).awaitPort(second).awaitPort(third);
            assertEquals(id, idOf(node, third));
        }
    }

    /** The transport id, as it stands in an announce that the node repeats. */
    private static DestinationHash idOf(NodeProcess node, int port) throws IOException {
        try (Peer one = new Peer(port);
                Peer other = new Peer(port)) {
            return one.introduceTo(other);
        }
    }

    private static void pour(int port, int announces) throws IOException {
        try (Peer crowd = new Peer(port)) {
            for (int i = 0; i < announces; i++) {
                crowd.send(crowd.announce());
            }
        }
    }
}
