package io.kairos.core.router.request;

import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import io.kairos.lib.wire.PathRequest;
import io.kairos.lib.wire.PathRequestCodec;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Sends path requests (docs/protocol/transport.md). Threads: belongs to the owner of the tables. */
public final class RequestSender {

    private static final int EGRESS_SAMPLES = 6;

    private final Optional<DestinationHash> requester;
    private final NodeTime time;
    private final Ports ports;
    private final RandomGenerator random;

    /** @param requester transport id of this node, if it forwards for others */
    public RequestSender(Optional<DestinationHash> requester, NodeTime time, Ports ports, RandomGenerator random) {
        this.requester = requester;
        this.time = time;
        this.ports = ports;
        this.random = random;
    }

    /** Asks on all interfaces but one; {@code except} may be {@code null}. */
    public void ask(DestinationHash destination, Port except) {
        byte[] packet = packet(destination, freshTag());
        for (Port out : ports.all()) {
            if (out != except) {
                send(out, packet);
            }
        }
    }

    /** Asks on some interfaces. */
    void ask(DestinationHash destination, Port[] on) {
        byte[] packet = packet(destination, freshTag());
        for (Port out : on) {
            send(out, packet);
        }
    }

    private PathRequest.Tag freshTag() {
        byte[] bytes = new byte[PathRequest.Tag.LONGEST];
        random.nextBytes(bytes);
        return PathRequest.Tag.of(bytes, 0, bytes.length);
    }

    /** Passes a request on, unless the interface has no bandwidth to spare for it. */
    public void passOn(DestinationHash destination, PathRequest.Tag tag, Port out) {
        long nanos = time.nanos();
        if (!out.isUp() || !out.pacer().isFree(nanos) || isEgressLimited(out)) {
            return;
        }
        byte[] packet = packet(destination, tag);
        out.pacer().charge(packet.length, out.budget().bitsPerSecond(), out.announceShare(), nanos);
        send(out, packet);
    }

    private boolean isEgressLimited(Port out) {
        return out.policy().egressControl()
                && out.requestsOut().samples() >= EGRESS_SAMPLES
                && out.requestsOut().perSecond(time.millis())
                        > out.policy().bursts().egressRequests();
    }

    private byte[] packet(DestinationHash destination, PathRequest.Tag tag) {
        return PathRequestCodec.packet(new PathRequest(destination, requester, tag));
    }

    private void send(Port out, byte[] packet) {
        if (out.transmit(packet, 0, packet.length)) {
            out.requestsOut().count(time.millis());
            out.flush();
        }
    }
}
