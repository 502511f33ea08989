package io.kairos.transport.tor;

import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.stream.HdlcStream;
import io.kairos.lib.stream.Silence;
import io.kairos.lib.stream.Sockets;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One connection through Tor. */
final class TorClientLine implements Line {

    private final TorClientSettings.Line line;
    private final SocksProxy proxy;
    private final HdlcStream packets;
    private final Sockets sockets = new Sockets();

    TorClientLine(TorClientSettings.Line line, String isolation, Clock clock) {
        this.line = line;
        this.proxy = new SocksProxy(
                line.proxyHost(),
                line.proxyPort(),
                line.isolation() ? Optional.of(isolation) : Optional.empty(),
                clock);
        this.packets =
                new HdlcStream("kairos-tor-client-" + line.name(), line.stream().limits(), Silence.PATIENT, clock);
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        packets.run(proxy.connect(line.host(), line.port(), sockets), events, "connected through Tor");
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return packets.offer(packet);
    }

    @Override
    public void close() {
        packets.close();
        sockets.close();
    }
}
