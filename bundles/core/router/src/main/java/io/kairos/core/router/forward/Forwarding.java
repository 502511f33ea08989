package io.kairos.core.router.forward;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.PacketType;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.path.Candidate;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.ports.Arrival;
import io.kairos.core.router.ports.OriginHops;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import io.kairos.core.router.table.Fingerprints;
import io.kairos.core.router.table.ReverseTable;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.PacketBytes;

/**
 * Sends packets of others on their way by rewriting their header in the lent buffer (docs/protocol/transport.md,
 * forwarding). Threads: any receiving thread.
 */
public final class Forwarding {

    private static final int LINK_REQUEST = PacketType.LINK_REQUEST.bits();
    private static final int TRANSPORT_ID = DestinationHash.LENGTH;

    /** Milliseconds that the proof of a link may take for each hop. */
    private static final long PROOF_MILLIS_PER_HOP = 6_000;

    private final NodeTime time;
    private final Ports ports;
    private final Traffic traffic;
    private final OriginHops origin;
    private final int linkLimit;
    private final Refusals refusals;

    /** @param origin the hops that packets of local programs leave with */
    public Forwarding(
            NodeTime time, Ports ports, Traffic traffic, OriginHops origin, int linkLimit, Refusals refusals) {
        this.time = time;
        this.ports = ports;
        this.traffic = traffic;
        this.origin = origin;
        this.linkLimit = linkLimit;
        this.refusals = refusals;
    }

    /** Whether the destination of a packet lives in a program on this machine. */
    boolean leadsToProgram(Arrival packet) {
        Path path = traffic.paths().get(packet.high, packet.low);
        Candidate way = path == null ? null : path.way();
        return way != null && way.isOfProgram();
    }

    /** Passes a broadcast on as it is: from a program to everybody, from the network to the programs. */
    void relay(Arrival packet) {
        for (Port out : packet.in.isProgram() ? ports.all() : ports.programs()) {
            if (out != packet.in && out.carries() && out.isUp()) {
                packet.in.forward(out, packet.lent, packet.at, packet.length);
            }
        }
    }

    /** Forwards a packet that is addressed to this node's transport id along the path of its destination. */
    void towardsDestination(Arrival packet) {
        Path path = traffic.paths().get(packet.high, packet.low);
        Candidate way = path == null ? null : path.way();
        Port out = way == null ? null : way.port();
        if (out == null) {
            refusals.count(Refusal.NO_PATH);
            return;
        }
        long now = time.millis();
        int cut = 0;
        if (packet.type == LINK_REQUEST) {
            cut = enterLink(packet, way, out, now);
            if (cut < 0) {
                return;
            }
        } else {
            traffic.reverse().put(packet.hash(), packet.in.number(), out.number(), now / 1000);
        }
        rewrite(packet, way, out, cut);
        way.markUsed(now);
    }

    /** Forwards a packet of a link that passes through, if it came from where it should. */
    void alongLink(Arrival packet, TransitLink link) {
        Port out = link.onward(packet.in, packet.hops);
        if (out == null) {
            refusals.count(Refusal.LINK_HOPS);
            return;
        }
        if (packet.once && !traffic.duplicates().add(packet.hash(), 0)) {
            refusals.count(Refusal.DUPLICATE);
            return;
        }
        link.markUsed(time.millis());
        send(packet, out, packet.at, packet.length);
    }

    /** Passes a proof back to where its packet came from; false where no such packet went through. */
    boolean backFromDestination(Arrival packet) {
        long entry = traffic.reverse().take(packet.raw, packet.destinationAt, time.millis() / 1000);
        if (entry == -1) {
            return false;
        }
        Port back = ports.byNumber(ReverseTable.from(entry));
        if (packet.in.number() != ReverseTable.to(entry)) {
            refusals.count(Refusal.PROOF_INTERFACE);
        } else if (back == null) {
            refusals.count(Refusal.NO_PATH);
        } else {
            send(packet, back, packet.at, packet.length);
        }
        return true;
    }

    /**
     * Notes a link request in the link table and clamps its MTU.
     *
     * @return bytes to cut off at the end; -1 where the request is refused
     */
    private int enterLink(Arrival packet, Candidate way, Port out, long now) {
        int body = packet.payloadLength();
        if (body < LinkMtu.KEYS) {
            refusals.count(Refusal.MALFORMED);
            return -1;
        }
        if (traffic.links().size() >= linkLimit) {
            refusals.count(Refusal.LINK_TABLE_FULL);
            return -1;
        }
        int cut = 0;
        if (body == LinkMtu.KEYS + LinkMtu.SIGNALLING) {
            int kept = LinkMtu.clamp(packet.raw, packet.payloadAt() + LinkMtu.KEYS, packet.in.budget(), out.budget());
            if (kept == LinkMtu.BAD_MODE) {
                refusals.count(Refusal.LINK_MODE);
                return -1;
            }
            cut = LinkMtu.SIGNALLING - kept;
        }
        double sendMillis = PacketBytes.MTU * 8_000.0 / packet.in.budget().bitsPerSecond();
        long deadline = now + (long) sendMillis + PROOF_MILLIS_PER_HOP * Math.max(1, way.hops());
        TransitLink link = new TransitLink(
                linkId(packet),
                way.next(),
                way.anchor(),
                way.hops(),
                packet.in.anchor(),
                packet.hops,
                packet.destination(),
                false,
                deadline,
                now);
        TransitLink present = traffic.links().get(link.high(), link.low());
        if (present == null || !present.isValidated()) { // a repeated request must not break a link that works
            traffic.links().put(link);
        }
        return cut;
    }

    /** Truncated hash of the request without its signalling, which nodes on the way may change. */
    private static DestinationHash linkId(Arrival packet) {
        byte[] hash = new byte[Hashes.FULL];
        int length = DestinationHash.LENGTH + 1 + LinkMtu.KEYS;
        byte lead = (byte) (packet.flags & PacketBytes.TYPE_MASK);
        Hashes.sha256(lead, packet.raw, packet.destinationAt, length, hash, 0);
        return DestinationHash.of(hash, 0);
    }

    private void rewrite(Arrival packet, Candidate way, Port out, int cut) {
        int at = packet.at;
        int length = packet.length - cut;
        if (way.hops() > 1 || out.isSharedInstance() && way.hops() == 1) {
            Fingerprints.putLong(packet.raw, at + 2, way.nextHigh());
            Fingerprints.putLong(packet.raw, at + 10, way.nextLow());
        } else if (way.hops() == 1 || packet.transport && origin.isHidden()) {
            at += TRANSPORT_ID;
            length -= TRANSPORT_ID;
            packet.raw[at] = (byte) (packet.flags & PacketBytes.TYPE_MASK);
        }
        send(packet, out, at, length);
    }

    private void send(Arrival packet, Port out, int at, int length) {
        packet.raw[at + 1] = (byte) origin.leaving(packet.hops, out);
        packet.in.forward(out, packet.lent, at, length);
        traffic.forwarded().increment();
    }
}
