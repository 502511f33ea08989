package io.kairos.transport.tor;

import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.stream.HdlcStream;
import io.kairos.lib.stream.Silence;
import io.kairos.lib.stream.SocketStream;
import io.kairos.lib.stream.Sockets;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A connection that tor has handed over. */
final class TorAcceptedLine implements Line {

    private final Socket socket;
    private final HdlcStream packets;
    private final Sockets sockets = new Sockets();

    TorAcceptedLine(Socket socket, String name, StreamSettings stream, Clock clock) {
        this.socket = socket;
        this.packets = new HdlcStream("kairos-tor-server-" + name, stream.limits(), Silence.PATIENT, clock);
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        SocketStream stream;
        try {
            sockets.add(socket);
            socket.setTcpNoDelay(true);
            stream = new SocketStream(sockets, socket);
        } catch (IOException e) {
            return; // it has ended already
        }
        packets.run(stream, events, "");
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return packets.offer(packet);
    }

    @Override
    public void close() {
        packets.close();
        sockets.close();
        sockets.close(socket);
    }
}
