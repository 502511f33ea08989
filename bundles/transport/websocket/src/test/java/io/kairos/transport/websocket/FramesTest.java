package io.kairos.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {

    private final List<String> seen = new ArrayList<>();

    private final FrameReader.Handler notes = new FrameReader.Handler() {
        @Override
        public void message(ByteBuffer payload) {
            seen.add("message " + hex(payload));
        }

        @Override
        public void ping(ByteBuffer payload) {
            seen.add("ping " + hex(payload));
        }

        @Override
        public void pong() {
            seen.add("pong");
        }

        @Override
        public void close() {
            seen.add("close");
        }
    };

    private static String hex(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** RFC 6455, section 5.7. */
    @Test
    void framesAreThoseOfTheStandard() {
        assertArrayEquals(bytes("8a8537fa213d7f9f4d5158"), Frames.encode(Frames.PONG, text("Hello"), 0x37fa213d));
        assertArrayEquals(bytes("890548656c6c6f"), Frames.encode(Frames.PING, text("Hello"), 0));

        byte[] middle = Frames.encode(Frames.BINARY, ByteBuffer.allocate(256), 0);
        assertArrayEquals(bytes("827e0100"), Arrays.copyOf(middle, 4));
        byte[] large = Frames.encode(Frames.BINARY, ByteBuffer.allocate(65_536), 0);
        assertArrayEquals(bytes("827f0000000000010000"), Arrays.copyOf(large, 10));
    }

    @Test
    void piecesBecomeOneMessageAndPingsMayComeBetween() {
        FrameReader reader = new FrameReader(false, 100);

        reader.feed(ByteBuffer.wrap(bytes("0203010203" + "8901ff" + "00020405" + "8a00" + "800106")), notes);

        assertEquals(List.of("ping ff", "pong", "message 010203040506"), seen);
    }

    @Test
    void nothingIsReadBehindAClose() {
        FrameReader reader = new FrameReader(false, 100);

        reader.feed(ByteBuffer.wrap(bytes("880203e8" + "820101" + "ffff")), notes);

        assertEquals(List.of("close"), seen);
    }

    @Test
    void whatBreaksTheRulesIsRefused() {
        refused("8101", "41", 1003); // text
        refused("c201", "00", 1002); // a reserved bit
        refused("8301", "00", 1002); // an unknown opcode
        refused("0900", "", 1002); // a ping in pieces
        refused("897e0080", "", 1002); // a ping that is too long
        refused("8000", "", 1002); // a piece of nothing
        refused("0201", "01820102", 1002); // a message within a message
        refused("827e0005", "", 1002); // a length in the longer form
        refused("827f000000000000ffff", "", 1002);
        refused("828101020304", "00", 1002); // a mask where there must be none
        refused("827f8000000000000000", "", 1002); // a length below zero, once signed
        refused("8265", "", 1009); // longer than allowed
        refused("0264" + "00".repeat(100), "8001", 1009); // longer than allowed, in pieces
    }

    private void refused(String first, String rest, int reason) {
        FrameReader reader = new FrameReader(false, 100);
        FrameException e = assertThrows(
                FrameException.class, () -> reader.feed(ByteBuffer.wrap(bytes(first + rest)), notes), first + rest);
        assertEquals(reason, e.reason(), first + rest);
    }

    @Test
    void clientsHaveToMask() {
        FrameReader reader = new FrameReader(true, 100);

        assertThrows(FrameException.class, () -> reader.feed(ByteBuffer.wrap(bytes("820101")), notes));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
