package io.kairos.test.conformance;

import io.kairos.api.link.Link;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.transport.Signal;
import io.kairos.core.link.LinkWire;
import io.kairos.core.link.life.LinkPeek;
import io.kairos.lib.wire.PacketBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One end of a link in this bridge, with a record of what it has sent and received.
 *
 * <p>Threads: any.
 */
final class WireLink implements LinkWatch {

    private static final int LARGEST_RECORD = 4096;

    /**
     * A packet of the link.
     *
     * @param context context byte
     * @param type of the packet
     * @param hash of the packet
     * @param plaintext decrypted where it is a short, encrypted packet of the link
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Seen(int context, PacketType type, byte[] hash, byte[] payload, Optional<byte[]> plaintext) {}

    final Link link;
    final List<byte[]> received = new CopyOnWriteArrayList<>();
    final ConcurrentLinkedQueue<byte[]> messages = new ConcurrentLinkedQueue<>();
    private final List<Seen> sent = new CopyOnWriteArrayList<>();
    private final List<Seen> arrived = new CopyOnWriteArrayList<>();
    private final LinkWire wire;
    private volatile Link.CloseReason reason;
    private volatile boolean losesProofs;
    private volatile boolean refuses;
    private volatile InterfaceHandle on;

    WireLink(Link link, TappedRouter router) {
        this.link = link;
        this.wire = LinkPeek.wire(link);
        router.watch(link.id(), this);
        link.onClosed(why -> reason = why);
    }

    LinkWire wire() {
        return wire;
    }

    Optional<Link.CloseReason> reason() {
        return Optional.ofNullable(reason);
    }

    List<Seen> sent() {
        return sent;
    }

    List<Seen> arrived() {
        return arrived;
    }

    /** From now on proofs for the link are lost on the way. */
    void loseProofs() {
        losesProofs = true;
    }

    /** While true, the router does not take packets of the link. */
    void refuse(boolean now) {
        refuses = now;
    }

    @Override
    public boolean takes() {
        return !refuses;
    }

    @Override
    public void leaving(byte[] raw, int length) {
        int context = PacketBytes.context(raw, 0);
        if (context != PacketContext.RESOURCE) {
            byte[] packet = Arrays.copyOf(raw, length);
            byte[] payload = Arrays.copyOfRange(packet, PacketBytes.SHORT_HEADER, length);
            sent.add(new Seen(
                    context,
                    PacketType.of(PacketBytes.type(raw, 0)),
                    PacketBytes.hash(packet),
                    payload,
                    open(context, packet, payload)));
        }
    }

    @Override
    public boolean arriving(InboundPacket packet) {
        on = packet.receivedOn();
        if (packet.context() != PacketContext.RESOURCE) {
            arrived.add(new Seen(
                    packet.context(),
                    packet.type(),
                    packet.hash(),
                    packet.data(),
                    open(packet.context(), packet.raw(), packet.data())));
        }
        return !(losesProofs && packet.type() == PacketType.PROOF);
    }

    private Optional<byte[]> open(int context, byte[] packet, byte[] payload) {
        boolean sealed = PacketType.of(PacketBytes.type(packet, 0)) == PacketType.DATA
                && context != PacketContext.KEEPALIVE
                && context != PacketContext.CACHE_REQUEST
                && wire.token() != null
                && payload.length <= LARGEST_RECORD;
        return sealed ? Optional.ofNullable(wire.token().open(payload)) : Optional.empty();
    }

    /** A packet for this link as if it had come over the link's own interface. */
    InboundPacket inbound(byte[] raw) {
        return inbound(raw, attached());
    }

    InboundPacket inbound(byte[] raw, InterfaceHandle over) {
        return inbound(raw, over, null);
    }

    /** As if it had been heard so well. */
    InboundPacket inbound(byte[] raw, Signal signal) {
        return inbound(raw, attached(), signal);
    }

    private InboundPacket inbound(byte[] raw, InterfaceHandle over, Signal signal) {
        return new InboundPacket(
                raw,
                PacketBytes.hash(raw),
                PacketBytes.SHORT_HEADER,
                PacketBytes.destination(raw, 0),
                link.hops(),
                PacketBytes.context(raw, 0),
                over,
                signal);
    }

    private InterfaceHandle attached() {
        InterfaceHandle handle = wire.attached();
        return handle == null ? on : handle;
    }
}
