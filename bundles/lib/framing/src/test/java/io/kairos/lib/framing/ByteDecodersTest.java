package io.kairos.lib.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteDecodersTest {

    @Test
    void twoHdlcFramesDoNotShareAFlag() {
        assertEquals(List.of("0102"), Packets.of(new HdlcByteDecoder(10), "7e01027e03047e"));
    }

    @Test
    void emptyHdlcFramesAreKeepalives() {
        HdlcByteDecoder decoder = new HdlcByteDecoder(10);

        assertEquals(List.of("01"), Packets.of(decoder, "7e7e7e7e7e017e"));
        assertEquals(0, decoder.malformedFrames());
    }

    @Test
    void hdlcBytesWithoutMeaningAfterAnEscapeStandForThemselves() {
        assertEquals(List.of("41", "7e", "01"), Packets.of(new HdlcByteDecoder(10), "7e7d417e7e7d7d5e7e7e017d7e"));
    }

    @Test
    void anEscapeAtTheEndOfAFrameDoesNotReachIntoTheNext() {
        assertEquals(List.of("01", "5e"), Packets.of(new HdlcByteDecoder(10), "7e017d7e7e5e7e"));
        assertEquals(List.of("01", "dc"), Packets.of(new KissDecoder(10), "c00001dbc0c000dcc0"));
    }

    @Test
    void framesThatAreTooLongAreCutAndCounted() {
        HdlcByteDecoder hdlc = new HdlcByteDecoder(3);
        KissDecoder kiss = new KissDecoder(3);

        assertEquals(List.of("010203", "040506"), Packets.of(hdlc, "7e0102037e7e04050607087e"));
        assertEquals(List.of("010203", "040506"), Packets.of(kiss, "c000010203c0c0000405060708c0"));
        assertEquals(1, hdlc.malformedFrames());
        assertEquals(1, kiss.malformedFrames());
    }

    @Test
    void afterAResetTheBeginningOfAFrameIsForgotten() {
        HdlcByteDecoder hdlc = new HdlcByteDecoder(10);
        KissDecoder kiss = new KissDecoder(10);
        assertEquals(List.of(), Packets.of(hdlc, "7e01"));
        assertEquals(List.of(), Packets.of(kiss, "c00001"));

        hdlc.reset();
        kiss.reset();

        assertEquals(List.of("02"), Packets.of(hdlc, "037e027e"));
        assertEquals(List.of("02"), Packets.of(kiss, "03c00002c0"));
    }

    @Test
    void kissFramesWithoutAPacketAreToldByTheirFirstByte() {
        List<String> told = new ArrayList<>();
        KissDecoder kiss = new KissDecoder(10, (command, first) -> told.add(command + ":" + first));

        assertEquals(List.of("01", "02"), Packets.of(kiss, "c00fc0c00f0102c0c00001c0c0f103c0c00002c0"));
        assertEquals(List.of("15:1", "1:3"), told);
    }

    @Test
    void encodersNeedRoomForTheWorstCaseAndOtherwiseWriteNothing() {
        ByteBuffer packet = ByteBuffer.allocate(10);
        ByteBuffer small = ByteBuffer.allocate(Hdlc.maximumFrameBytes(10) - 1);

        assertThrows(BufferOverflowException.class, () -> Hdlc.encode(packet, small));
        assertThrows(BufferOverflowException.class, () -> Kiss.encode(packet, small));
        assertEquals(0, small.position());
    }

    @Test
    void encodersReadFromPositionToLimitAndLeaveThem() {
        ByteBuffer packet =
                ByteBuffer.wrap(new byte[] {9, 9, 1, 2, 9}, 1, 3).slice().position(1);
        ByteBuffer out = ByteBuffer.allocateDirect(20);

        Hdlc.encode(packet, out);

        assertEquals(ByteBuffer.wrap(new byte[] {0x7e, 1, 2, 0x7e}), out.flip());
        assertEquals(1, packet.position());
        assertEquals(3, packet.limit());
    }
}
