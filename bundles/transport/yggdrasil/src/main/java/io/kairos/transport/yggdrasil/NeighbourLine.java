package io.kairos.transport.yggdrasil;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.stream.HdlcStream;
import io.kairos.lib.stream.Silence;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/**
 * One connection with a neighbour, accepted or called. Framed like Reticulum's TCP interfaces: HDLC, where a packet may begin
 * with the flag that ends the one before.
 */
final class NeighbourLine implements Line {

    private static final int CONNECT_MILLIS = 15_000; // the daemon looks for a way first
    private static final int SHORTEST = 1;

    /** Makes the connection; the socket is closed when it shall not go on. */
    @FunctionalInterface
    private interface Way {

        void open(Socket socket) throws IOException;
    }

    private final Socket socket;
    private final Way way;
    private final Runnable over;
    private final HdlcStream packets;

    private NeighbourLine(Socket socket, Way way, Runnable over, String name, YggdrasilSettings.Line of, Clock clock) {
        this.socket = socket;
        this.way = way;
        this.over = over;
        this.packets = new HdlcStream(
                "kairos-yggdrasil-" + name,
                new HdlcStream.Limits(SHORTEST, of.longest(), of.queueBytes()),
                Silence.PATIENT,
                clock);
    }

    /** @param over told when it has ended; may be told again */
    static NeighbourLine accepted(Socket socket, Runnable over, String name, YggdrasilSettings.Line of, Clock clock) {
        return new NeighbourLine(socket, open -> {}, over, name, of, clock);
    }

    /** @param own the address from which it calls, so that nothing leaves by another way */
    static NeighbourLine called(
            PeerAddress peer, Inet6Address own, String name, YggdrasilSettings.Line of, Clock clock) {
        return new NeighbourLine(
                new Socket(),
                open -> {
                    open.bind(new InetSocketAddress(own, 0));
                    open.connect(new InetSocketAddress(peer.address(), peer.port()), CONNECT_MILLIS);
                },
                () -> {},
                name,
                of,
                clock);
    }

    @Override
    public void run(LineEvents events) throws InterruptedException {
        SocketStream stream;
        try {
            way.open(socket);
            stream = new SocketStream(socket);
        } catch (SocketTimeoutException e) {
            throw failure("The peer does not answer", "It is off, or Yggdrasil knows no way to it yet.", e);
        } catch (IOException e) {
            throw failure("The peer cannot be reached, or nothing listens there", "Check address and port.", e);
        }
        packets.run(stream, events, "");
    }

    private static MeshException failure(String message, String remedy, IOException cause) {
        return new MeshException(Failure.Kind.NETWORK, message, remedy + " It is called again by itself.", cause);
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return packets.offer(packet);
    }

    @Override
    public void close() {
        packets.close();
        SocketStream.close(socket);
        over.run();
    }
}
