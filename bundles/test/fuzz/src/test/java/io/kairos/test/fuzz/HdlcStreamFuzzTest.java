package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.lib.framing.HdlcStreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The fast decoder finds what the specification says, in whatever pieces the stream arrives. */
class HdlcStreamFuzzTest {

    private static final int MINIMUM = 3;
    private static final int MAXIMUM = 40;

    /** The first byte of the input is the length of the pieces. */
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void findsThePacketsOfTheSpecification(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        int pieceBytes = 1 + (input[0] & 0x3f);

        List<String> found = Fuzzing.packets(new HdlcStreamDecoder(MINIMUM, MAXIMUM), stream, pieceBytes);

        Fuzzing.check(found.equals(specified(stream)), found + " instead of " + specified(stream));
    }

    private static List<String> specified(byte[] stream) {
        String text = new String(stream, StandardCharsets.ISO_8859_1);
        List<String> packets = new ArrayList<>();
        int start = text.indexOf('~');
        while (start >= 0) {
            int end = text.indexOf('~', start + 1);
            if (end < 0) {
                break;
            }
            String packet = text.substring(start + 1, end).replace("}^", "~").replace("}]", "}");
            if (packet.length() >= MINIMUM && packet.length() <= MAXIMUM) {
                packets.add(HexFormat.of().formatHex(packet.getBytes(StandardCharsets.ISO_8859_1)));
            }
            start = end;
        }
        return packets;
    }
}
