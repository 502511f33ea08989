package io.kairos.test.fuzz;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.framing.FrameDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** What the targets share. */
final class Fuzzing {

    /** How long one target searches with {@code JAZZER_FUZZ=1}. */
    static final String DURATION = "60s";

    private Fuzzing() {}

    /**
     * The packets that a decoder finds, as hexadecimal digits.
     *
     * @param pieceBytes in pieces of which length the stream is fed, at least 1
     */
    static List<String> packets(FrameDecoder decoder, byte[] stream, int pieceBytes) {
        List<String> packets = new ArrayList<>();
        for (int from = 0; from < stream.length; from += pieceBytes) {
            int to = Math.min(stream.length, from + pieceBytes);
            ByteBuffer piece = ByteBuffer.wrap(Arrays.copyOfRange(stream, from, to));
            decoder.feed(piece, packet -> {
                byte[] copy = new byte[packet.remaining()];
                packet.get(copy);
                packets.add(HexFormat.of().formatHex(copy));
            });
            check(!piece.hasRemaining(), "everything was taken");
        }
        return packets;
    }

    /** Runs something that reads bytes: it may refuse, but nothing else may go wrong. */
    static void readsOrRefuses(Supplier<?> reading) {
        try {
            reading.get();
        } catch (MalformedException expected) {
            // that is what it is for
        }
    }

    /** Fails the target; an assertion that does not depend on how the machine was started. */
    static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
