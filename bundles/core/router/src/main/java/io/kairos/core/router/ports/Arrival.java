package io.kairos.core.router.ports;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.transport.Signal;
import io.kairos.core.router.table.Fingerprints;
import io.kairos.lib.wire.PacketBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The packet at hand, read in place: one such object serves all packets of a port, so that forwarding allocates nothing.
 * Fields are public to the router, because this is its innermost loop. Owned by the receiving thread.
 */
public final class Arrival {

    private final byte[] hash = new byte[32];
    private boolean hashed;

    public Port in;
    public ByteBuffer lent;
    public Signal signal;

    /** The array in which the packet stands. */
    public byte[] raw;

    /** Index of its flags. */
    public int at;

    public int length;
    public int flags;
    public int type;
    public int destinationType;
    public int context;

    /** Received hops: the byte on the wire plus one, except that there is none between programs on this machine. */
    public int hops;

    /** Whether it has a transport address. */
    public boolean transport;

    /** Index of the destination hash. */
    public int destinationAt;

    public long high;
    public long low;

    /** Whether it must not have been seen before. */
    public boolean once;

    /** Reads the header of a well-formed packet. */
    public void read(Port from, ByteBuffer buffer, int offset, int bytes, Signal heard) {
        in = from;
        lent = buffer;
        signal = heard;
        raw = buffer.array();
        at = offset;
        length = bytes;
        hashed = false;
        flags = raw[offset] & 0xff;
        type = flags & 0b11;
        destinationType = flags >> 2 & 0b11;
        hops = (raw[offset + 1] & 0xff) + (from.isSameMachine() ? 0 : 1);
        transport = (flags & PacketBytes.HEADER_FLAG) != 0;
        destinationAt = offset + (transport ? 18 : 2);
        high = Fingerprints.longAt(raw, destinationAt);
        low = Fingerprints.longAt(raw, destinationAt + 8);
        context = raw[destinationAt + 16] & 0xff;
    }

    /** Whether its transport address is this one. */
    public boolean isFor(DestinationHash id) {
        return transport
                && Fingerprints.longAt(raw, at + 2) == id.high()
                && Fingerprints.longAt(raw, at + 10) == id.low();
    }

    /** The packet hash; valid until the next packet. */
    public byte[] hash() {
        if (!hashed) {
            PacketBytes.hash(raw, at, length, hash, 0);
            hashed = true;
        }
        return hash;
    }

    /** Whether {@link #hash} is there without computing it. */
    public boolean isHashed() {
        return hashed;
    }

    /** Index of the first payload byte. */
    public int payloadAt() {
        return destinationAt + 17;
    }

    public int payloadLength() {
        return at + length - payloadAt();
    }

    public byte[] payload() {
        return Arrays.copyOfRange(raw, payloadAt(), at + length);
    }

    /** The whole packet, a copy. */
    public byte[] copy() {
        return Arrays.copyOfRange(raw, at, at + length);
    }

    public DestinationHash destination() {
        return new DestinationHash(high, low);
    }
}
