package io.kairos.transport.udp;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open port while it is one. */
final class UdpLine implements Line {

    private static final Logger LOG = LoggerFactory.getLogger(UdpLine.class);

    private final UdpSettings settings;

    private volatile UdpSocket socket;

    private boolean closed; // guarded by this

    UdpLine(UdpSettings settings) {
        this.settings = settings;
    }

    @Override
    public void run(LineEvents events) {
        try (UdpSocket open = new UdpSocket(UdpAddresses.of(settings))) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                socket = open;
            }
            events.up("listens on UDP port " + settings.listenPort());
            open.read(settings.longest(), events);
        } catch (IOException e) {
            Failure why = UdpAddresses.failure(settings, e);
            throw new MeshException(why.kind(), why.message(), why.remedy(), e);
        }
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        UdpSocket open = socket;
        try {
            return open != null && packet.remaining() <= settings.longest() && open.send(packet);
        } catch (IOException e) {
            LOG.debug("Interface {} could not send: {}", settings.name(), e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        UdpSocket open;
        synchronized (this) {
            closed = true;
            open = socket;
        }
        if (open != null) {
            open.close();
        }
    }
}
