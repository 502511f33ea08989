package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.framing.HdlcByteDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Pieces do not matter, no packet is too long, and what is encoded is found again. */
class HdlcByteFuzzTest {

    private static final int MAXIMUM = 40;

    /** The first byte of the input is the length of the pieces. */
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void findsTheSameInPieces(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        int pieceBytes = 1 + (input[0] & 0x3f);

        List<String> whole = Fuzzing.packets(new HdlcByteDecoder(MAXIMUM), stream, stream.length + 1);
        List<String> pieces = Fuzzing.packets(new HdlcByteDecoder(MAXIMUM), stream, pieceBytes);

        Fuzzing.check(whole.equals(pieces), pieces + " instead of " + whole);
        whole.forEach(packet -> Fuzzing.check(packet.length() <= 2 * MAXIMUM, "too long: " + packet));
        if (stream.length > 0) {
            findsWhatIsEncoded(Arrays.copyOf(stream, Math.min(stream.length, MAXIMUM)));
        }
    }

    private static void findsWhatIsEncoded(byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(Hdlc.maximumFrameBytes(packet.length));
        Hdlc.encode(ByteBuffer.wrap(packet), frame);
        byte[] stream = Arrays.copyOf(frame.array(), frame.position());

        List<String> found = Fuzzing.packets(new HdlcByteDecoder(MAXIMUM), stream, 1);

        Fuzzing.check(found.equals(List.of(HexFormat.of().formatHex(packet))), found.toString());
    }
}
