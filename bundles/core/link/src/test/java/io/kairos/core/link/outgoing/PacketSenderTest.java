package io.kairos.core.link.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.link.PacketReceipt;
import io.kairos.api.link.PacketReceipt.Status;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.core.link.TwoNodes;
import io.kairos.lib.wire.PacketBytes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketSenderTest {

    @TempDir
    private Path folder;

    private static byte[] packet(PacketType type, DestinationType to, int context) {
        return PacketBytes.build(PacketBytes.flags(type, to), new DestinationHash(1, 2), context, new byte[12]);
    }

    @Test
    void onlyWhatIsProvedWaitsForAProof() {
        assertTrue(PacketSender.isProvable(packet(PacketType.DATA, DestinationType.SINGLE, PacketContext.NONE)));
        assertTrue(PacketSender.isProvable(packet(PacketType.DATA, DestinationType.LINK, PacketContext.CHANNEL)));
        assertFalse(PacketSender.isProvable(packet(PacketType.DATA, DestinationType.PLAIN, PacketContext.NONE)));
        assertFalse(PacketSender.isProvable(packet(PacketType.DATA, DestinationType.SINGLE, PacketContext.KEEPALIVE)));
        assertFalse(PacketSender.isProvable(packet(PacketType.DATA, DestinationType.SINGLE, PacketContext.RESOURCE)));
        assertFalse(PacketSender.isProvable(packet(PacketType.ANNOUNCE, DestinationType.SINGLE, PacketContext.NONE)));
    }

    @Test
    void theTimeOutOfAReceiptCanBeChanged() {
        TwoNodes nodes = new TwoNodes(folder);
        DestinationHash to = nodes.destination.address();
        PacketReceipt patient = nodes.left.endpoints.send(to, new byte[1]);
        PacketReceipt hasty = nodes.left.endpoints.send(to, new byte[1]);
        PacketReceipt forgotten = nodes.left.endpoints.send(to, new byte[1]);

        hasty.timeout(Duration.ZERO);
        forgotten.timeout(Duration.ofSeconds(-1));
        nodes.pass(Duration.ofSeconds(2));

        assertEquals(Status.SENT, patient.status());
        assertEquals(Status.FAILED, hasty.status());
        assertEquals(Status.CULLED, forgotten.status());
        assertEquals(Duration.ZERO, hasty.timeout());
    }
}
