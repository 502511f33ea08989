package io.kairos.transport.satellite;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts packets into messages: several into one where they fit, one into several where it does not.
 *
 * <pre>
 *  message   A1 || sender(4) || piece … piece
 *  piece     packet number(2) || index(4 bits) || pieces - 1(4 bits) || length(2) || bytes
 * </pre>
 *
 * <p>The sender is drawn anew each time the line opens, so that numbers are never mixed up. One owner.
 */
final class Pieces {

    static final byte VERSION = (byte) 0xA1;
    static final int HEADER_BYTES = 5;
    static final int PIECE_BYTES = 5;
    static final int MOST_PIECES = 16;

    private final int sender;
    private final int mostBytes;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(); // pieces of the packet that was divided last
    private int number;

    /** @param mostBytes longest message */
    Pieces(int sender, int mostBytes) {
        this.sender = sender;
        this.mostBytes = mostBytes;
    }

    /** Longest packet that can be divided. */
    static int longestPacket(int mostBytes) {
        return MOST_PIECES * (mostBytes - HEADER_BYTES - PIECE_BYTES);
    }

    /**
     * The next message; empty where nothing waits.
     *
     * @param packets gives the most urgent packet that is not longer than asked for, if there is one
     */
    Optional<byte[]> next(Supplier<Optional<byte[]>> packets) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(
                ByteBuffer.allocate(HEADER_BYTES).put(VERSION).putInt(sender).array());
        while (true) {
            if (waiting.isEmpty()) {
                packets.get().ifPresent(this::divide);
            }
            byte[] piece = waiting.peek();
            if (piece == null || message.size() + piece.length > mostBytes) {
                break;
            }
            message.writeBytes(waiting.poll());
        }
        return message.size() == HEADER_BYTES ? Optional.empty() : Optional.of(message.toByteArray());
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    private void divide(byte[] packet) {
        int room = mostBytes - HEADER_BYTES - PIECE_BYTES;
        int count = Math.max(1, (packet.length + room - 1) / room);
        int mine = number++ & 0xffff;
        for (int index = 0; index < count; index++) {
            int from = index * room;
            int length = Math.min(room, packet.length - from);
            waiting.add(ByteBuffer.allocate(PIECE_BYTES + length)
                    .putShort((short) mine)
                    .put((byte) (index << 4 | count - 1))
                    .putShort((short) length)
                    .put(packet, from, length)
                    .array());
        }
    }
}
