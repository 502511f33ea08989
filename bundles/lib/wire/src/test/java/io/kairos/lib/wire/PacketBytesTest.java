package io.kairos.lib.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PacketBytesTest {

    private static final DestinationHash DESTINATION = DestinationHash.parse("00112233445566778899aabbccddeeff");
    private static final DestinationHash NEXT = DestinationHash.parse("ffeeddccbbaa99887766554433221100");
    private static final byte[] DATA = {1, 2, 3};

    private final byte[] packet = PacketBytes.build(
            PacketBytes.flags(PacketType.DATA, DestinationType.GROUP) | PacketBytes.CONTEXT_FLAG,
            DESTINATION,
            PacketContext.CHANNEL,
            DATA);

    @Test
    void refusesWhatIsNoPacket() {
        var failure = assertThrows(MalformedException.class, () -> PacketBytes.check(new byte[18]));
        assertEquals("not a packet: 18 bytes", failure.getMessage());

        PacketBytes.check(packet);
        packet[1] = (byte) PacketBytes.HOPS_LIMIT;
        assertThrows(MalformedException.class, () -> PacketBytes.check(packet));
    }

    @Test
    void onlyTheGivenRangeCounts() {
        byte[] buffer = new byte[60];
        buffer[10] = PacketBytes.HEADER_FLAG;

        assertTrue(PacketBytes.isWellFormed(buffer, 10, 35));
        assertFalse(PacketBytes.isWellFormed(buffer, 10, 34));
        assertTrue(PacketBytes.isWellFormed(buffer, 9, 19), "without transport address");
    }

    @Test
    void aTransportAddressIsAddedAndReplacedWithoutChangingTheHash() {
        byte[] once = PacketBytes.withTransport(packet, packet.length, NEXT, 5, true);
        byte[] twice = PacketBytes.withTransport(once, once.length, DESTINATION, 6, false);

        assertEquals(0x74, once[0], "header type, context flag, transport, GROUP, DATA");
        assertEquals(5, PacketBytes.hops(once, 0));
        assertEquals(NEXT, PacketBytes.transport(once, 0));
        assertEquals(DESTINATION, PacketBytes.destination(once, 0));
        assertEquals(0x54, twice[0], "context flag dropped");
        assertEquals(DESTINATION, PacketBytes.transport(twice, 0));
        assertEquals(once.length, twice.length);
        assertArrayEquals(PacketBytes.hash(packet), PacketBytes.hash(once));
        assertArrayEquals(PacketBytes.hash(packet), PacketBytes.hash(twice));
    }

    @Test
    void onlyAnAnnounceIsBuiltWithATransportAddress() {
        int announce = PacketBytes.flags(PacketType.ANNOUNCE, DestinationType.SINGLE);
        byte[] raw = PacketBytes.buildInTransport(announce, NEXT, DESTINATION, 3, PacketContext.PATH_RESPONSE, DATA);
        byte[] plain = PacketBytes.build(announce, DESTINATION, PacketContext.PATH_RESPONSE, DATA);

        assertArrayEquals(PacketBytes.withTransport(plain, plain.length, NEXT, 3, true), raw);
        for (PacketType type : PacketType.values()) {
            int flags = PacketBytes.flags(type, DestinationType.SINGLE);
            DestinationHash transport = type == PacketType.ANNOUNCE ? null : NEXT;
            assertThrows(
                    IllegalArgumentException.class,
                    () -> PacketBytes.buildInTransport(flags, transport, DESTINATION, 0, 0, DATA));
        }
    }

    @Test
    void theAccessFlagNeitherSurvivesForwardingNorEntersTheHash() {
        byte[] hash = PacketBytes.hash(packet);
        packet[0] |= (byte) PacketBytes.ACCESS_FLAG;

        assertArrayEquals(hash, PacketBytes.hash(packet));
        byte[] forwarded = PacketBytes.withTransport(packet, packet.length, NEXT, 1, true);
        assertEquals(0, forwarded[0] & PacketBytes.ACCESS_FLAG);
    }

    @Test
    void onlyTheGivenLengthIsForwarded() {
        byte[] buffer = Arrays.copyOf(packet, 100);

        assertArrayEquals(
                PacketBytes.withTransport(packet, packet.length, NEXT, 1, true),
                PacketBytes.withTransport(buffer, packet.length, NEXT, 1, true));
    }
}
