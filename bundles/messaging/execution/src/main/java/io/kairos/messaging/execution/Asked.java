package io.kairos.messaging.execution;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request to run a command.
 *
 * <pre>
 *  MessagePack [command bytes, timeout seconds or nil, most of stdout or nil, most of stderr or nil, stdin bytes or nil]
 * </pre>
 *
 * @param line the command
 * @param timeout how long it may take; empty: as long as the node allows
 * @param outputLimit most bytes of standard output to send back; empty: all
 * @param errorLimit the same for standard error
 * @param input bytes for its standard input
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Asked(
        String line,
        Optional<Duration> timeout,
        OptionalInt outputLimit,
        OptionalInt errorLimit,
        Optional<byte[]> input) {

    private static final int FIELDS = 5;
    private static final double LONGEST_SECONDS = 86_400;

    /** Reads a request; empty for anything else. */
    static Optional<Asked> of(Object data) {
        if (!(data instanceof List<?> list) || list.size() < FIELDS || !(list.get(0) instanceof byte[] command)) {
            return Optional.empty();
        }
        return Optional.of(new Asked(
                new String(command, StandardCharsets.UTF_8),
                seconds(list.get(1)),
                limit(list.get(2)),
                limit(list.get(3)),
                list.get(4) instanceof byte[] input ? Optional.of(input) : Optional.empty()));
    }

    private static Optional<Duration> seconds(Object value) {
        return value instanceof Number number && number.doubleValue() >= 0
                ? Optional.of(Duration.ofMillis((long) (1000 * Math.min(LONGEST_SECONDS, number.doubleValue()))))
                : Optional.empty();
    }

    private static OptionalInt limit(Object value) {
        return value instanceof Long number && number >= 0
                ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, number))
                : OptionalInt.empty();
    }

    /** The request as it is sent. */
    List<Object> toList() {
        return Arrays.asList(
                line.getBytes(StandardCharsets.UTF_8),
                timeout.map(time -> time.toMillis() / 1000.0).orElse(null),
                outputLimit.isPresent() ? (Object) outputLimit.getAsInt() : null,
                errorLimit.isPresent() ? (Object) errorLimit.getAsInt() : null,
                input.orElse(null));
    }
}
