package io.kairos.transport.rnode;

import io.kairos.api.time.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Asks what is behind an open port: several times, because many boards start anew when their port is opened and hear
 * nothing meanwhile. Nothing is set and nothing is sent on air.
 */
final class Probe {

    private static final Duration PATIENCE = Duration.ofMillis(4_500);
    private static final Duration PAUSE = Duration.ofMillis(1_000);
    private static final Duration MORE = Duration.ofMillis(400); // answers come one after the other

    private final Clock clock;

    Probe(Clock clock) {
        this.clock = clock;
    }

    /** The answers; without detection it is no RNode. */
    Answers ask(RadioPort port) {
        byte[] question = Frames.join(Frames.detect(true), Frames.command(Commands.BOARD, 0));
        Answers answers = new Answers();
        CommandDecoder decoder = new CommandDecoder();
        byte[] buffer = new byte[1_024];
        long now = clock.nanos();
        long end = now + PATIENCE.toNanos();
        long next = now;
        while (now - end < 0) {
            if (now - next >= 0 && !answers.isDetected()) {
                port.write(ByteBuffer.wrap(question));
                next = now + PAUSE.toNanos();
            }
            int count = port.read(buffer, Duration.ofMillis(200));
            if (count == RadioPort.CLOSED) {
                break;
            }
            boolean wasDetected = answers.isDetected();
            decoder.feed(ByteBuffer.wrap(buffer, 0, count), answers::take);
            now = clock.nanos();
            if (answers.isDetected() && !wasDetected) {
                end = now + MORE.toNanos();
            }
        }
        return answers;
    }
}
