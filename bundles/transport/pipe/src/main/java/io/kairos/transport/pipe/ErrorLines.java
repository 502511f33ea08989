package io.kairos.transport.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads what a program says on its standard error, line by line; a line without end is handed over in pieces. */
final class ErrorLines {

    private static final int LONGEST = 512;

    private ErrorLines() {}

    /** Reads until the end. What is no printable ASCII becomes a question mark, so that no log is misled. */
    static void read(InputStream errors, Consumer<String> line) throws IOException {
        byte[] read = new byte[1_024];
        StringBuilder current = new StringBuilder();
        for (int count = errors.read(read); count >= 0; count = errors.read(read)) {
            for (int i = 0; i < count; i++) {
                if (read[i] == '\n' || current.length() == LONGEST) {
                    end(current, line);
                }
                if (read[i] != '\n' && read[i] != '\r') {
                    current.append(read[i] >= ' ' && read[i] < 127 ? (char) read[i] : '?');
                }
            }
        }
        end(current, line);
    }

    private static void end(StringBuilder current, Consumer<String> line) {
        if (!current.isEmpty()) {
            line.accept(current.toString());
            current.setLength(0);
        }
    }
}
