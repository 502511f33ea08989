package io.kairos.transport.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeeringTest {

    private final Peering<String> peering = new Peering<>();

    @Test
    void aNeighbourIsNewOnce() {
        assertTrue(peering.heard("a", 0));
        assertFalse(peering.heard("a", seconds(1)));
    }

    @Test
    void aNeighbourThatIsSilentForTwentyTwoSecondsIsLostAndMayComeBack() {
        peering.heard("silent", 0);
        peering.heard("loud", 0);
        peering.heard("loud", seconds(20));

        assertEquals(List.of(), peering.look(seconds(22)).lost());
        assertEquals(List.of("silent"), peering.look(seconds(23)).lost());
        assertTrue(peering.heard("silent", seconds(24)));
    }

    @Test
    void aNeighbourIsToldDirectlyEveryFiveSecondsOrSo() {
        peering.heard("a", 0);

        assertEquals(List.of(), peering.look(seconds(4)).toTell());
        assertEquals(List.of("a"), peering.look(seconds(8)).toTell());
        assertEquals(List.of(), peering.look(seconds(12)).toTell());
        assertEquals(List.of("a"), peering.look(seconds(16)).toTell());
    }

    @Test
    void aFloodOfPretendedMembersIsBounded() {
        for (int i = 0; i < 1_024; i++) {
            assertTrue(peering.heard("m" + i, 0));
        }

        assertFalse(peering.heard("one more", 0));
        assertEquals(1_024, peering.look(seconds(23)).lost().size());
        assertTrue(peering.heard("one more", seconds(23)));
    }

    @Test
    void aPacketIsRepeatedForThreeQuartersOfASecond() {
        RecentPackets recent = new RecentPackets();
        ByteBuffer packet = ByteBuffer.wrap(new byte[] {1, 2, 3});

        assertFalse(recent.isRepeated(packet, 0));
        assertTrue(recent.isRepeated(packet, millis(749)));
        assertFalse(recent.isRepeated(packet, millis(750)));
        assertEquals(3, packet.remaining());
    }

    @Test
    void onlyTheLastFortyEightPacketsAreRemembered() {
        RecentPackets recent = new RecentPackets();
        for (int i = 0; i <= 48; i++) {
            assertFalse(recent.isRepeated(ByteBuffer.wrap(new byte[] {(byte) i}), 0));
        }

        assertFalse(recent.isRepeated(ByteBuffer.wrap(new byte[] {0}), 0));
        assertTrue(recent.isRepeated(ByteBuffer.wrap(new byte[] {48}), 0));
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static long millis(int millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
