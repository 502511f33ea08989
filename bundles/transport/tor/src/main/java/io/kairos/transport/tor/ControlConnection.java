package io.kairos.transport.tor;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.lib.stream.SocketStream;
import io.kairos.lib.stream.Sockets;
import io.kairos.lib.stream.TextLines;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A connection to tor's control port. Owned by one thread.
 *
 * <p>Every method throws {@link MeshException} where tor has gone, says nothing in time, or is no tor.
 */
final class ControlConnection {

    private static final int LONGEST_LINE = 16_384;
    private static final int MOST_EVENTS = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TextLines lines;
    private final Clock clock;
    private final ControlParser parser = new ControlParser();

    /** Events that came while an answer was waited for; the oldest are forgotten. */
    private final Deque<ControlReply> events = new ArrayDeque<>();

    private ControlConnection(TextLines lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    static ControlConnection open(String host, int port, Sockets sockets, Clock clock) {
        try {
            SocketStream stream = new SocketStream(sockets, sockets.connect(host, port));
            return new ControlConnection(new TextLines(stream, LONGEST_LINE), clock);
        } catch (IOException e) {
            String place = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ", port " + port;
            throw ControlFailures.noTor(place, e);
        }
    }

    /** Says one command and waits for its answer, whatever it is. */
    ControlReply ask(String command) {
        try {
            lines.write(command, "\r\n");
            long start = clock.nanos();
            while (true) {
                Optional<ControlReply> reply = next();
                if (reply.isPresent() && !reply.get().isEvent()) {
                    return reply.get();
                }
                reply.ifPresent(this::keep);
                if (clock.nanos() - start > PATIENCE.toNanos()) {
                    throw ControlFailures.silent();
                }
            }
        } catch (IOException e) {
            throw ControlFailures.gone(e);
        }
    }

    /** The next event; empty where none came for a while. */
    Optional<ControlReply> event() {
        if (!events.isEmpty()) {
            return Optional.of(events.remove());
        }
        try {
            return next().filter(ControlReply::isEvent);
        } catch (IOException e) {
            throw ControlFailures.gone(e);
        }
    }

    private Optional<ControlReply> next() throws IOException {
        try {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<ControlReply> complete = parser.feed(line.get());
                if (complete.isPresent()) {
                    return complete;
                }
            }
            return Optional.empty();
        } catch (MalformedException e) {
            throw ControlFailures.notTor(e.getMessage());
        }
    }

    private void keep(ControlReply event) {
        if (events.size() >= MOST_EVENTS) {
            events.remove();
        }
        events.add(event);
    }
}
