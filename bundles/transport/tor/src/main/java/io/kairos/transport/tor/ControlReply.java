package io.kairos.transport.tor;

import java.util.List;
import java.util.Optional;

/**
 * What tor's control port has said at once: an answer, or an event where the status is 650.
 *
 * @param status three digits; 250 is success
 * @param lines without status
 */
record ControlReply(int status, List<String> lines) {

    static final int OK = 250;
    static final int EVENT = 650;

    ControlReply {
        lines = List.copyOf(lines);
    }

    boolean isOk() {
        return status == OK;
    }

    boolean isEvent() {
        return status == EVENT;
    }

    /** What follows {@code prefix} in the first line that begins with it. */
    Optional<String> after(String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst();
    }

    /** Without lines: some are keys. */
    @Override
    public String toString() {
        return "ControlReply[" + status + "]";
    }
}
