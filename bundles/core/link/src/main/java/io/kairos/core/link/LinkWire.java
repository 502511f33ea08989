package io.kairos.core.link;

import io.kairos.api.crypto.Token;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.time.Clock;
import io.kairos.lib.wire.LinkSizes;
import io.kairos.lib.wire.PacketBytes;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * Writes and reads the packets of one link: header, encryption, the interface it runs over, counters.
 *
 * <p>Where the interface has gone, for example a connection that the other end has made anew, the link follows the other end to
 * the one it speaks from: for good once a packet proves by its encryption that it comes from there, and until then only with
 * what would otherwise be lost.
 *
 * <p>Threads: any. Keys, interface and MTU are set once the handshake has told them; the interface again when the router
 * was replaced, or the interface.
 */
public final class LinkWire {

    private static final int DATA = PacketBytes.flags(PacketType.DATA, DestinationType.LINK);

    private final DestinationHash id;
    private final RouterDoor router;
    private final Clock clock;
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongConsumer onSent;
    private volatile Token token;
    private volatile InterfaceHandle attached;
    private volatile int attachedUnder;
    private volatile InterfaceHandle heardOn; // where the other end may be while the own interface has gone
    private volatile int mtu = PacketBytes.MTU;

    /** @param onSent told the time of each packet that leaves */
    public LinkWire(DestinationHash id, RouterDoor router, Clock clock, LongConsumer onSent) {
        this.id = id;
        this.router = router;
        this.clock = clock;
        this.onSent = onSent;
    }

    /** What the handshake has agreed. */
    public void agree(Token agreed, InterfaceHandle on, int agreedMtu) {
        token = agreed;
        mtu = agreedMtu;
        attach(on);
    }

    /** Follows the interface to the router that came after an update. */
    public void attach(InterfaceHandle on) {
        attachedUnder = router.generation();
        attached = on;
        heardOn = null;
    }

    /** Whether the interface belongs to a router that was replaced since. */
    public boolean isDetached() {
        return attachedUnder != router.generation();
    }

    /** Whether a packet may belong to the link, by the interface it has come from. */
    public boolean accepts(InboundPacket packet) {
        InterfaceHandle on = attached;
        InterfaceHandle from = packet.receivedOn();
        if (on == null || on == from) {
            return true;
        }
        if (on.isUp() && !isDetached()) {
            return false;
        }
        if (on.name().equals(from.name())) {
            attach(from); // the same interface, as the router after an update knows it
            return true;
        }
        if (isDetached()
                && router.interfaceNamed(on.name())
                        .filter(InterfaceHandle::isUp)
                        .isPresent()) {
            return false;
        }
        if (isSealed(packet) && open(packet).isPresent()) {
            attach(from);
        } else {
            heardOn = from;
        }
        return true;
    }

    private static boolean isSealed(InboundPacket packet) {
        return packet.type() == PacketType.DATA
                && switch (packet.context()) {
                    case PacketContext.RESOURCE, PacketContext.KEEPALIVE, PacketContext.CACHE_REQUEST -> false;
                    default -> true;
                };
    }

    /** The interface as the router of this moment knows it; {@code null} where it does not. */
    private InterfaceHandle usable() {
        InterfaceHandle on = attached;
        if (on == null || !isDetached()) {
            return on == null || on.isUp() ? on : elsewhere(on);
        }
        Optional<InterfaceHandle> same = router.interfaceNamed(on.name());
        same.ifPresent(this::attach);
        return same.orElse(null);
    }

    /** Where the other end was heard last, if there is somebody; otherwise where it was before. */
    private InterfaceHandle elsewhere(InterfaceHandle gone) {
        InterfaceHandle other = heardOn;
        return other != null && other.isUp() ? other : gone;
    }

    public void forgetKeys() {
        token = null;
    }

    public DestinationHash id() {
        return id;
    }

    public Token token() {
        return token;
    }

    public InterfaceHandle attached() {
        return attached;
    }

    public int mtu() {
        return mtu;
    }

    public int payloadBytes() {
        return LinkSizes.payload(mtu);
    }

    public int partBytes() {
        return LinkSizes.resourcePart(mtu);
    }

    public long sentBytes() {
        return sentBytes.sum();
    }

    public long receivedBytes() {
        return receivedBytes.sum();
    }

    public void countReceived(InboundPacket packet) {
        receivedBytes.add(packet.dataLength());
    }

    /** A packet with encrypted payload; empty where the link has no keys (any more). */
    public Optional<byte[]> sealed(int context, byte[] plaintext) {
        Token present = token;
        if (present == null) {
            return Optional.empty();
        }
        byte[] packet = new byte[PacketBytes.SHORT_HEADER + present.sealedLength(plaintext.length)];
        PacketBytes.writeHeader(packet, DATA, id, context);
        present.seal(plaintext, 0, plaintext.length, packet, PacketBytes.SHORT_HEADER);
        return Optional.of(packet);
    }

    /** Encrypts and sends; false where nothing left. */
    public boolean send(int context, byte[] plaintext) {
        return sealed(context, plaintext).filter(this::send).isPresent();
    }

    /** Sends a payload that is not encrypted. */
    public boolean sendPlain(int context, byte[] data) {
        return send(PacketBytes.build(DATA, id, context, data));
    }

    /** Sends a finished packet. */
    public boolean send(byte[] packet) {
        return send(packet, packet.length, false);
    }

    /** Sends the first {@code length} bytes of a finished packet; {@code more} follow at once or the burst ends here. */
    public boolean send(byte[] packet, int length, boolean more) {
        InterfaceHandle on = usable();
        if (on == null) {
            return false;
        }
        sentBytes.add(length - PacketBytes.SHORT_HEADER);
        onSent.accept(clock.nanos());
        return router.send(packet, length, on, more) > 0;
    }

    /** Ends a burst. */
    public void flush() {
        InterfaceHandle on = usable();
        if (on != null) {
            router.flush(on);
        }
    }

    /** Decrypts the payload; empty for anything that is not authentic. */
    public Optional<byte[]> open(InboundPacket packet) {
        Token present = token;
        if (present == null) {
            return Optional.empty();
        }
        byte[] plain = new byte[packet.dataLength()];
        int length = present.open(packet.raw(), packet.dataOffset(), packet.dataLength(), plain, 0);
        return length < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(plain, length));
    }
}
