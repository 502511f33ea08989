package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandDecoderTest {

    private final CommandDecoder decoder = new CommandDecoder();

    private List<String> feed(String hex) {
        List<String> commands = new ArrayList<>();
        decoder.feed(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), (command, payload) -> {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            commands.add("%02x:%s".formatted(command, HexFormat.of().formatHex(bytes)));
        });
        return commands;
    }

    @Test
    void framesMayShareABoundary() {
        assertEquals(List.of("08:46", "50:0156", "48:80"), feed("c00846c0500156c04880c0"));
    }

    @Test
    void bytesMayComeOneByOne() {
        List<String> commands = new ArrayList<>();
        for (String each : "c0 00 db dc db dd 01 c0".split(" ")) {
            commands.addAll(feed(each));
        }

        assertEquals(List.of("00:c0db01"), commands);
    }

    @Test
    void afterAPacketANewBoundaryIsNeeded() {
        assertEquals(List.of("00:01", "23:39"), feed("c00001c0aabbc02339c0"));
    }

    @Test
    void whatBoardsPrintBetweenFramesIsSkipped() {
        assertEquals(List.of("08:46"), feed("6574732041ffdb" + "c00846c0"));
    }

    @Test
    void aPacketThatIsTooLongIsCountedAndDropped() {
        assertEquals(List.of(), feed("c000" + "11".repeat(509) + "c0"));
        assertEquals(1, decoder.malformed());
        assertEquals(List.of("00:" + "11".repeat(508)), feed("c000" + "11".repeat(508) + "c0"));
    }

    @Test
    void aPacketThatIsCutShortCanBeForgotten() {
        feed("c0000102");
        assertTrue(decoder.isInsidePacket());

        decoder.reset();

        assertFalse(decoder.isInsidePacket());
        assertEquals(1, decoder.malformed());
        assertEquals(List.of("00:03"), feed("c00003c0"));
    }
}
