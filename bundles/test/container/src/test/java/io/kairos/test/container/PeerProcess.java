package io.kairos.test.container;

import static org.junit.Assert.assertTrue;

import io.kairos.api.packet.DestinationHash;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The other end of one link over UDP, which asks and counts. */
final class PeerProcess implements AutoCloseable {

    /** What became of the questions asked so far. */
    record Asked(long sent, long answered, long longestMillis, String state, String lost) {}

    private static final Pattern ASKED =
            Pattern.compile("sent=(\\d+) answered=(\\d+) longest=(\\d+) state=(\\w+) lost=(.*)");

    private final PeerLine line;

    PeerProcess(int listenPort, int forwardPort) throws IOException {
        line = new PeerLine("udp", Integer.toString(listenPort), Integer.toString(forwardPort));
    }

    /** Announces the peer's own destination; what it answers links with. */
    DestinationHash announce() throws IOException {
        return DestinationHash.parse(order("announce"));
    }

    void connect(DestinationHash to) throws IOException {
        order("connect " + to.toHex());
    }

    void ask(String path) throws IOException {
        order("ask " + path);
    }

    Asked asked() throws IOException {
        return read(order("asked"));
    }

    Asked halt() throws IOException {
        return read(order("halt"));
    }

    private static Asked read(String text) {
        Matcher words = ASKED.matcher(text);
        assertTrue(text, words.matches());
        return new Asked(
                Long.parseLong(words.group(1)),
                Long.parseLong(words.group(2)),
                Long.parseLong(words.group(3)),
                words.group(4),
                words.group(5));
    }

    private String order(String order) throws IOException {
        return line.order(order);
    }

    @Override
    public void close() {
        line.close();
    }
}
