package io.kairos.transport.i2p;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.stream.ByteStream;
import io.kairos.lib.stream.SocketStream;
import io.kairos.lib.stream.Sockets;
import io.kairos.lib.stream.TextLines;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection to a SAM bridge, version 3.1: lines of ASCII, each command answered by one line. After
 * {@link #streamConnect} or {@link #accepted} it is the stream itself.
 *
 * <p>Owned by one thread at a time. Every method throws {@link MeshException} where the bridge says no, says nothing in
 * time, or says what no bridge says.
 */
final class SamConnection implements AutoCloseable {

    /** Private keys of the largest kind have about 3,600 characters. */
    private static final int LONGEST_LINE = 8_192;

    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    /** A router may take minutes to build tunnels, or to find out that it cannot. */
    private static final Duration TUNNELS = Duration.ofMinutes(5);

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final SamBridge bridge;
    private final Sockets owner;
    private final Socket socket;
    private final TextLines lines;

    SamConnection(SamBridge bridge, Sockets owner, Socket socket) throws IOException {
        this.bridge = bridge;
        this.owner = owner;
        this.socket = socket;
        this.lines = new TextLines(new SocketStream(owner, socket), LONGEST_LINE);
    }

    void hello() {
        SamReply reply = ask("HELLO VERSION MIN=3.1 MAX=3.1", "HELLO REPLY", AT_ONCE);
        if (!reply.isOk()) {
            throw SamFailures.refused(reply);
        }
    }

    /** New private keys, in Base64; signed with Ed25519. */
    String generate() {
        SamReply reply = ask("DEST GENERATE SIGNATURE_TYPE=7", "DEST REPLY", AT_ONCE);
        return reply.value("PRIV").orElseThrow(() -> SamFailures.refused(reply));
    }

    /** Opens a session, which lasts as long as this connection. */
    void session(String id, String privateKeys, String options) {
        need(ask(
                "SESSION CREATE STYLE=STREAM ID=%s DESTINATION=%s %s".formatted(id, privateKeys, options),
                "SESSION STATUS",
                TUNNELS));
    }

    /** The destination that belongs to a name. */
    Destination lookup(String name) {
        SamReply reply = need(ask("NAMING LOOKUP NAME=" + name, "NAMING REPLY", TUNNELS));
        String value =
                reply.value("VALUE").orElseThrow(() -> SamFailures.notSam(bridge.text(), "a name without value"));
        return destination(value);
    }

    /** Connects to a peer; where the answer is OK, this is the stream afterwards. */
    SamReply streamConnect(String id, Destination peer) {
        return ask(
                "STREAM CONNECT ID=%s DESTINATION=%s SILENT=false".formatted(id, peer.base64()),
                "STREAM STATUS",
                TUNNELS);
    }

    /** Offers to take one stream. */
    void streamAccept(String id) {
        need(ask("STREAM ACCEPT ID=" + id + " SILENT=false", "STREAM STATUS", TUNNELS));
    }

    /** Waits until a peer has connected after {@link #streamAccept}; afterwards this is the stream. */
    Destination accepted() {
        String line = line(FOR_EVER);
        if (line.startsWith("STREAM STATUS ")) {
            throw SamFailures.refused(reply(line));
        }
        int end = line.indexOf(' '); // bridges of later versions add ports
        return destination(end < 0 ? line : line.substring(0, end));
    }

    /** What follows the last line. */
    ByteStream stream() {
        return lines;
    }

    /** Makes it end with others. */
    void giveTo(Sockets others) throws IOException {
        owner.giveTo(others, socket);
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        owner.close(socket);
    }

    private SamReply ask(String command, String topic, Duration patience) {
        try {
            lines.write(command, "\n");
        } catch (IOException e) {
            throw SamFailures.hungUp(bridge.text(), e);
        }
        SamReply reply = reply(line(patience));
        if (!reply.topic().equals(topic)) {
            throw SamFailures.notSam(bridge.text(), "another answer than was asked for");
        }
        return reply;
    }

    private String line(Duration patience) {
        long start = bridge.clock().nanos();
        try {
            while (true) {
                Optional<String> line = lines.next();
                if (line.isPresent()) {
                    return line.get();
                }
                if (bridge.clock().nanos() - start > patience.toNanos()) {
                    throw SamFailures.silent(bridge.text());
                }
            }
        } catch (MalformedException e) {
            throw SamFailures.notSam(bridge.text(), e.getMessage());
        } catch (IOException e) {
            throw SamFailures.hungUp(bridge.text(), e);
        }
    }

    private SamReply reply(String line) {
        try {
            return SamReply.parse(line);
        } catch (MalformedException e) {
            throw SamFailures.notSam(bridge.text(), e.getMessage());
        }
    }

    private Destination destination(String base64) {
        try {
            return Destination.parse(base64);
        } catch (MalformedException e) {
            throw SamFailures.notSam(bridge.text(), e.getMessage());
        }
    }

    private static SamReply need(SamReply reply) {
        if (!reply.isOk()) {
            throw SamFailures.refused(reply);
        }
        return reply;
    }
}
