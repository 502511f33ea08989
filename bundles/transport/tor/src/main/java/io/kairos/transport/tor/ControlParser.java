package io.kairos.transport.tor;

import io.kairos.api.failure.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts lines of tor's control port together (control-spec, section 2.3). Fed by one thread.
 *
 * <pre>
 *  250-one line, more follow
 *  250+data follow, until a line with a single dot
 *  250 the last line
 * </pre>
 */
final class ControlParser {

    private static final int MOST_LINES = 256;
    private static final int STATUS_CHARS = 3;

    private final List<String> lines = new ArrayList<>();
    private int status;
    private boolean inData;

    /**
     * Takes one line without its end.
     *
     * @return what is complete with it
     * @throws MalformedException where it does not belong to the protocol
     */
    Optional<ControlReply> feed(String line) {
        if (lines.size() >= MOST_LINES) {
            throw new MalformedException("an answer of more than %d lines".formatted(MOST_LINES));
        }
        if (inData) {
            inData = !line.equals(".");
            if (inData) {
                lines.add(line.startsWith(".") ? line.substring(1) : line);
            }
            return Optional.empty();
        }
        int code = status(line);
        if (!lines.isEmpty() && code != status) {
            throw new MalformedException("an answer of two minds");
        }
        status = code;
        lines.add(line.substring(STATUS_CHARS + 1));
        char kind = line.charAt(STATUS_CHARS);
        inData = kind == '+';
        if (kind != ' ') {
            return Optional.empty();
        }
        ControlReply reply = new ControlReply(status, lines);
        lines.clear();
        return Optional.of(reply);
    }

    private static int status(String line) {
        if (line.length() <= STATUS_CHARS || " -+".indexOf(line.charAt(STATUS_CHARS)) < 0) {
            throw new MalformedException("a line without status");
        }
        int code = 0;
        for (int i = 0; i < STATUS_CHARS; i++) {
            char digit = line.charAt(i);
            if (digit < '0' || digit > '9') {
                throw new MalformedException("a line without status");
            }
            code = code * 10 + digit - '0';
        }
        return code;
    }
}
