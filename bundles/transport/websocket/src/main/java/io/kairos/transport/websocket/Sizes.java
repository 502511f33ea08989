package io.kairos.transport.websocket;

import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Checks that client and server share; sizes are those of interfaces over TCP. */
final class Sizes {

    /** Access codes on fast media. */
    static final int CODE_BYTES = 16;

    static final long USUAL_BITS_PER_SECOND = 10_000_000;
    static final int USUAL_QUEUE_BYTES = 1_310_720;

    private static final int LEAST_PACKET_BYTES = 500;

    private Sizes() {}

    static LinkBudget budget(long bitsPerSecond) {
        LinkBudget automatic = LinkBudget.automatic(Checks.bitsPerSecond(bitsPerSecond, USUAL_BITS_PER_SECOND));
        return automatic.packetBytes() == 0 ? LinkBudget.plain(bitsPerSecond, LEAST_PACKET_BYTES) : automatic;
    }

    /** Longest message that is a packet. */
    static int longest(LinkBudget budget, InterfacePolicy policy) {
        return budget.packetBytes()
                + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
    }

    /** A queue holds at least two packets, whatever its setting. */
    static int queueBytes(int given, int longest) {
        return Math.max(
                Checks.between("send.queue.bytes", given, 4_096, 64 << 20, USUAL_QUEUE_BYTES),
                2 * (longest + Frames.MOST_HEADER_BYTES));
    }

    static Duration ping(int seconds) {
        return Duration.ofSeconds(Checks.between("ping.interval.seconds", seconds, 1, 3_600, 30));
    }

    static Optional<Path> path(String key, String given) {
        try {
            return given == null || given.isBlank() ? Optional.empty() : Optional.of(Path.of(given.strip()));
        } catch (InvalidPathException e) {
            throw Checks.refuse(key + " is no path of a file", "Write it as in /etc/kairos/name.");
        }
    }
}
