package io.kairos.messaging.execution;

import io.kairos.api.files.RemoteCommands.Result;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Translates what became of a command.
 *
 * <pre>
 *  MessagePack [started, status or nil, stdout, stderr, length of stdout, length of stderr, start seconds, end seconds or nil]
 *  where it could not be started: [false, nil, nil, nil, nil, nil, start, nil]
 * </pre>
 */
final class ResultCodec {

    private static final int FIELDS = 8;

    private ResultCodec() {}

    static List<Object> encode(Result result, double startSeconds) {
        if (!result.started()) {
            return Arrays.asList(false, null, null, null, null, null, startSeconds, null);
        }
        boolean ended = result.status().isPresent();
        return Arrays.asList(
                true,
                ended ? (Object) result.status().getAsInt() : null,
                result.output(),
                result.error(),
                result.outputBytes(),
                result.errorBytes(),
                startSeconds,
                ended ? (Object) (startSeconds + result.took().toNanos() / 1e9) : null);
    }

    /** Reads a result; empty for anything else. */
    static Optional<Result> decode(Object value) {
        if (!(value instanceof List<?> list) || list.size() < FIELDS || !(list.get(0) instanceof Boolean started)) {
            return Optional.empty();
        }
        return Optional.of(new Result(
                started,
                list.get(1) instanceof Long status ? OptionalInt.of(status.intValue()) : OptionalInt.empty(),
                bytes(list.get(2)),
                bytes(list.get(3)),
                list.get(4) instanceof Long length ? length : 0,
                list.get(5) instanceof Long length ? length : 0,
                took(list.get(6), list.get(7))));
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] bytes ? bytes : new byte[0];
    }

    private static Duration took(Object start, Object end) {
        if (start instanceof Number from && end instanceof Number to) {
            double seconds = to.doubleValue() - from.doubleValue();
            return seconds > 0 && seconds < 1e9 ? Duration.ofNanos((long) (seconds * 1e9)) : Duration.ZERO;
        }
        return Duration.ZERO;
    }
}
