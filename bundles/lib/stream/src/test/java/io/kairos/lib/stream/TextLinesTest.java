package io.kairos.lib.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.failure.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextLinesTest {

    @Test
    void linesEndAnywhereAndTheRestIsLeft() throws IOException {
        TextLines lines = lines("HEL", "", "LO\r\nSTREAM ", "", "OK\n~}packet", "more");

        assertEquals(Optional.empty(), lines.next(), "a pause");
        assertEquals(Optional.of("HELLO"), lines.next());
        assertEquals(Optional.empty(), lines.next());
        assertEquals(Optional.of("STREAM OK"), lines.next());
        assertEquals("~}p", read(lines, 3));
        assertEquals("acket", read(lines, 99));
        assertEquals("more", read(lines, 99));
    }

    @Test
    void aLineHasALength() {
        assertThrows(
                MalformedException.class,
                () -> lines("A".repeat(20), "A".repeat(20)).next());
        assertThrows(MalformedException.class, () -> lines("A".repeat(33)).next());
    }

    @Test
    void whatIsNoTextIsNoLine() {
        assertThrows(MalformedException.class, () -> lines("A\u0001B\n").next());
        assertThrows(MalformedException.class, () -> lines("A\u00e9B\n").next());
    }

    @Test
    void theEndIsNoLine() {
        TextLines lines = new TextLines(new Chunks(new ArrayDeque<>()), 32);

        assertThrows(EOFException.class, lines::next);
    }

    private static String read(TextLines from, int most) throws IOException {
        byte[] buffer = new byte[most];
        return new String(buffer, 0, from.read(buffer), StandardCharsets.US_ASCII);
    }

    private static TextLines lines(String... chunks) {
        return new TextLines(new Chunks(new ArrayDeque<>(Arrays.asList(chunks))), 32);
    }

    @Test
    void writesAreHandedOn() throws IOException {
        Chunks there = new Chunks(new ArrayDeque<>());
        new TextLines(there, 32).write("A B", "\r\n");

        assertArrayEquals("A B\r\n".getBytes(StandardCharsets.US_ASCII), there.written);
    }

    /** An empty chunk is a pause. */
    private static final class Chunks implements ByteStream {

        private final Deque<String> chunks;
        private byte[] written = {};

        Chunks(Deque<String> chunks) {
            this.chunks = chunks;
        }

        @Override
        public int read(byte[] into) {
            if (chunks.isEmpty()) {
                return -1;
            }
            byte[] bytes = chunks.remove().getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(bytes, 0, into, 0, bytes.length);
            return bytes.length;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            written = Arrays.copyOfRange(bytes, offset, offset + length);
        }

        @Override
        public void close() {}
    }
}
