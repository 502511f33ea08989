package io.kairos.core.router.forward;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.transport.Signal;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.ports.AccessGate;
import io.kairos.core.router.ports.Arrival;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.table.DuplicateList;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PathRequestCodec;
import io.kairos.lib.wire.TunnelCodec;
import java.nio.ByteBuffer;

/**
 * Where every packet comes in: checks it in place and passes it to forwarding, to a local receiver, or to the slow path
 * (docs/protocol/transport.md, inbound). Runs on the receiving thread from start to end; takes no lock and, for what is
 * forwarded, allocates nothing.
 */
public final class Ingress {

    private static final int DATA = PacketType.DATA.bits();
    private static final int ANNOUNCE = PacketType.ANNOUNCE.bits();
    private static final int LINK_REQUEST = PacketType.LINK_REQUEST.bits();
    private static final int PROOF = PacketType.PROOF.bits();
    private static final int SINGLE = DestinationType.SINGLE.bits();
    private static final int PLAIN = DestinationType.PLAIN.bits();
    private static final int LINK = DestinationType.LINK.bits();
    private static final DestinationHash PATH_REQUEST = PathRequestCodec.DESTINATION;
    private static final DestinationHash TUNNEL = TunnelCodec.DESTINATION;

    private final DestinationHash id;
    private final boolean forwards;
    private final Traffic traffic;
    private final Forwarding forwarding;
    private final Delivery delivery;
    private final SlowPath slow;
    private final SignalLog signals;
    private final Refusals refusals;

    public Ingress(
            DestinationHash id,
            boolean forwards,
            Traffic traffic,
            Forwarding forwarding,
            Delivery delivery,
            SlowPath slow,
            SignalLog signals,
            Refusals refusals) {
        this.id = id;
        this.forwards = forwards;
        this.traffic = traffic;
        this.forwarding = forwarding;
        this.delivery = delivery;
        this.slow = slow;
        this.signals = signals;
        this.refusals = refusals;
    }

    /** A packet arrived on {@code in}; the buffer is lent and may be changed. */
    public void received(Port in, Arrival arrival, ByteBuffer packet, Signal signal) {
        int length = packet.remaining();
        int at = packet.arrayOffset() + packet.position();
        byte[] raw = packet.array();
        if (length <= 2) {
            refusals.count(Refusal.MALFORMED);
            return;
        }
        AccessGate gate = in.gate();
        if (gate != null) {
            length = gate.open(raw, at, length);
            at += gate.size();
        } else if ((raw[at] & PacketBytes.ACCESS_FLAG) != 0) {
            length = -1;
        }
        if (length < 0) {
            refusals.count(Refusal.ACCESS_CODE);
        } else if (!PacketBytes.isWellFormed(raw, at, length)) {
            refusals.count(Refusal.MALFORMED);
        } else {
            arrival.read(in, packet, at, length, signal);
            if (signal != null) {
                signals.note(arrival.hash(), signal);
            }
            accept(arrival);
        }
    }

    private void accept(Arrival packet) {
        boolean toUs = packet.isFor(id);
        PacketFilter.Verdict verdict = PacketFilter.judge(
                packet.type,
                packet.destinationType,
                packet.context,
                packet.hops,
                packet.transport && !toUs,
                packet.in.isSharedInstance());
        if (verdict.refusal() != null) {
            refusals.count(verdict.refusal());
            return;
        }
        packet.once = verdict == PacketFilter.Verdict.ACCEPT_ONCE;
        if (packet.type == ANNOUNCE) {
            announce(packet);
        } else if (packet.type != LINK_REQUEST && isOfLink(packet)) {
            link(packet);
        } else if (packet.once && !traffic.duplicates().add(packet.hash(), 0)) {
            refusals.count(Refusal.DUPLICATE);
        } else if (packet.type == DATA || packet.type == LINK_REQUEST) {
            addressed(packet, toUs);
        } else {
            proof(packet);
        }
    }

    /**
     * Whether it goes the way of links, where its hash is not remembered before it is known that it comes from the right
     * side. Its type says so, or it proves a link, or there is a link of this id. Packets with a transport address are
     * not looked up: links need none, and most of what is forwarded has one.
     */
    private boolean isOfLink(Arrival packet) {
        return packet.destinationType == LINK
                || packet.type == PROOF && packet.context == PacketContext.LINK_REQUEST_PROOF
                || !packet.transport && traffic.links().get(packet.high, packet.low) != null;
    }

    private void announce(Arrival packet) {
        if (packet.destinationType == SINGLE) {
            slow.announce(packet);
        } else {
            refusals.count(Refusal.FILTER);
        }
    }

    private void addressed(Arrival packet, boolean toUs) {
        if (packet.destinationType == PLAIN && packet.high == PATH_REQUEST.high() && packet.low == PATH_REQUEST.low()) {
            slow.pathRequest(packet);
            return;
        }
        if (packet.destinationType == PLAIN && packet.high == TUNNEL.high() && packet.low == TUNNEL.low()) {
            slow.tunnelRequest(packet);
            return;
        }
        boolean relayed = packet.destinationType == PLAIN && (packet.flags & PacketBytes.TRANSPORT_FLAG) == 0;
        if (relayed) {
            forwarding.relay(packet);
        }
        LocalAddress local = traffic.locals().get(packet.high, packet.low);
        if (local != null && local.type() == packet.destinationType) {
            delivery.deliver(packet, local);
        } else if (mayForward(packet, toUs)) {
            forwarding.towardsDestination(packet);
        } else if (!relayed) {
            refusals.count(Refusal.NOT_FOR_US);
        }
    }

    /** A node that forwards nothing for others still does for programs on this machine. */
    private boolean mayForward(Arrival packet, boolean toUs) {
        if (toUs) {
            return forwards || packet.in.isProgram() || forwarding.leadsToProgram(packet);
        }
        return packet.destinationType == SINGLE && forwarding.leadsToProgram(packet);
    }

    /** Everything with a link id, except link requests. */
    private void link(Arrival packet) {
        TransitLink transit = traffic.links().get(packet.high, packet.low);
        DuplicateList duplicates = traffic.duplicates();
        boolean linkProof = packet.type == PROOF && packet.context == PacketContext.LINK_REQUEST_PROOF;
        boolean passes = transit != null && (forwards || transit.isOfProgram());
        if (linkProof && passes) {
            if (packet.once && duplicates.contains(packet.hash(), 0)) {
                refusals.count(Refusal.DUPLICATE);
            } else {
                slow.linkProof(packet, transit);
            }
            return;
        }
        LocalAddress local = traffic.locals().get(packet.high, packet.low);
        if (local != null && local.type() == LINK) {
            if (packet.once && !duplicates.add(packet.hash(), 0)) {
                refusals.count(Refusal.DUPLICATE);
                return;
            }
            if (delivery.deliver(packet, local)) {
                return;
            }
            if (packet.once) {
                duplicates.remove(packet.hash(), 0);
            }
        }
        if (passes) {
            forwarding.alongLink(packet, transit);
        } else if (local == null) {
            refusals.count(linkProof ? Refusal.PROOF_UNKNOWN : Refusal.NO_LINK);
        }
    }

    private void proof(Arrival packet) {
        boolean forwarded = forwarding.backFromDestination(packet); // without forwarding only of local programs
        if (!forwarded && !(packet.context == PacketContext.NONE && delivery.showProof(packet))) {
            refusals.count(Refusal.PROOF_UNKNOWN);
        }
    }
}
