package io.kairos.transport.i2p;

import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.Reading;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.stream.HdlcStream;
import io.kairos.lib.stream.Silence;
import io.kairos.lib.stream.Sockets;
import java.nio.ByteBuffer;
import java.util.List;

/** A stream that a peer has opened. */
final class AcceptedLine implements Line {

    private final SamConnection connection;
    private final HdlcStream packets;

    AcceptedLine(SamConnection connection, Sockets owner, String name, I2pSettings.Line line, Clock clock) {
        this.connection = connection;
        this.packets = new HdlcStream("kairos-i2p-" + name, line.limits(), Silence.I2P, clock);
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        packets.run(connection.stream(), events, "");
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return packets.offer(packet);
    }

    @Override
    public List<Reading> readings() {
        return packets.readings();
    }

    @Override
    public void close() {
        packets.close();
        connection.close();
    }
}
