package io.kairos.api.routing;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import io.kairos.api.transport.Signal;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A packet for this node, already stripped of its access code and parsed. Immutable by agreement: arrays are not copied
 * and must not be changed.
 */
public final class InboundPacket {

    private final byte[] raw;
    private final UnaryOperator<byte[]> hasher;
    private volatile byte[] hash;
    private final int dataOffset;
    private final DestinationHash destination;
    private final int hops;
    private final int context;
    private final InterfaceHandle receivedOn;
    private final Signal signal;

    /**
     * @param raw the packet as received without access code; hops not incremented
     * @param hash its packet hash, 32 bytes
     * @param dataOffset index of the first byte after the context
     * @param destination address in its header
     * @param hops received hops: the byte on the wire plus one
     * @param context context byte
     * @param receivedOn where it came from
     * @param signal how well it was heard; {@code null} where the medium does not know
     */
    public InboundPacket(
            byte[] raw,
            byte[] hash,
            int dataOffset,
            DestinationHash destination,
            int hops,
            int context,
            InterfaceHandle receivedOn,
            Signal signal) {
        this(raw, hash, packet -> hash, dataOffset, destination, hops, context, receivedOn, signal);
    }

    /**
     * A packet whose hash is computed when somebody asks for it: of most packets on links nobody does.
     *
     * @param raw the packet as received without access code; hops not incremented
     * @param hasher computes the packet hash of {@code raw}
     * @param dataOffset index of the first byte after the context
     * @param destination address in its header
     * @param hops received hops: the byte on the wire plus one
     * @param context context byte
     * @param receivedOn where it came from
     * @param signal how well it was heard; {@code null} where the medium does not know
     */
    public InboundPacket(
            byte[] raw,
            UnaryOperator<byte[]> hasher,
            int dataOffset,
            DestinationHash destination,
            int hops,
            int context,
            InterfaceHandle receivedOn,
            Signal signal) {
        this(raw, null, hasher, dataOffset, destination, hops, context, receivedOn, signal);
    }

    private InboundPacket(
            byte[] raw,
            byte[] hash,
            UnaryOperator<byte[]> hasher,
            int dataOffset,
            DestinationHash destination,
            int hops,
            int context,
            InterfaceHandle receivedOn,
            Signal signal) {
        this.raw = raw;
        this.hasher = hasher;
        this.hash = hash;
        this.dataOffset = dataOffset;
        this.destination = destination;
        this.hops = hops;
        this.context = context;
        this.receivedOn = receivedOn;
        this.signal = signal;
    }

    public byte[] raw() {
        return raw;
    }

    /** The packet hash, 32 bytes. */
    public byte[] hash() {
        byte[] known = hash;
        if (known == null) {
            known = hasher.apply(raw);
            hash = known;
        }
        return known;
    }

    public PacketType type() {
        return PacketType.of(raw[0] & 0b11);
    }

    public DestinationType destinationType() {
        return DestinationType.of(raw[0] >> 2 & 0b11);
    }

    public DestinationHash destination() {
        return destination;
    }

    /** Hops it has taken, counting the one to this node. */
    public int hops() {
        return hops;
    }

    public int context() {
        return context;
    }

    /** Index in {@link #raw()} of the first payload byte. */
    public int dataOffset() {
        return dataOffset;
    }

    public int dataLength() {
        return raw.length - dataOffset;
    }

    /** The payload, a copy. */
    public byte[] data() {
        return Arrays.copyOfRange(raw, dataOffset, raw.length);
    }

    public InterfaceHandle receivedOn() {
        return receivedOn;
    }

    public Optional<Signal> signal() {
        return Optional.ofNullable(signal);
    }

    @Override
    public String toString() {
        return "InboundPacket[" + raw.length + " bytes]";
    }
}
