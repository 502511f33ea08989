package io.kairos.transport.auto;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** One neighbour on one system interface: a child of the auto interface, with its policy and budget. */
final class AutoPeer implements MeshInterface {

    private final Supplier<AutoSettings> settings; // budget and policy may change
    private final Segment segment;
    private final Inet6Address address;
    private final InetSocketAddress target;
    private final String name;
    private final InterfaceTally tally = new InterfaceTally();

    private volatile PacketSink sink;
    private volatile boolean gone;

    /** The core that was told about this child. Owned by the reading thread. */
    private PacketSink announcedTo;

    /** @param number tells neighbours apart without saying who they are */
    AutoPeer(Supplier<AutoSettings> settings, Segment segment, Inet6Address address, long number) throws IOException {
        this.settings = settings;
        this.segment = segment;
        this.address = address;
        this.target = segment.dataAddress(address);
        this.name = settings.get().name() + "/" + number;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "auto-peer";
    }

    @Override
    public String description() {
        return "AutoInterfacePeer[" + segment.name() + "/" + AddressText.ofLinkLocal(address) + "]";
    }

    @Override
    public void attach(PacketSink core) {
        sink = core;
    }

    @Override
    public void detach() {
        sink = null;
    }

    @Override
    public InterfaceStatus status() {
        return InterfaceStatus.of(gone ? InterfaceState.CLOSED : InterfaceState.UP);
    }

    @Override
    public LinkBudget budget() {
        return settings.get().budget();
    }

    @Override
    public InterfacePolicy policy() {
        return settings.get().policy();
    }

    @Override
    public InterfaceCounters counters() {
        return tally.read();
    }

    @Override
    public void send(ByteBuffer packet) {
        int bytes = packet.remaining();
        try {
            if (!gone && bytes <= settings.get().longest() && segment.send(packet, target)) {
                tally.sent(bytes);
                return;
            }
        } catch (IOException lost) {
            // counted below like any other loss: the medium promises nothing, and a neighbour that has gone is noticed
            // by silence
        }
        tally.droppedOutgoing();
    }

    /** Makes the node deaf and mute towards this neighbour until it is heard anew. */
    @Override
    public void close() {
        gone = true;
        sink = null;
    }

    Segment segment() {
        return segment;
    }

    Inet6Address address() {
        return address;
    }

    InterfaceTally tally() {
        return tally;
    }

    PacketSink sink() {
        return sink;
    }

    PacketSink announcedTo() {
        return announcedTo;
    }

    void announcedTo(PacketSink core) {
        announcedTo = core;
    }
}
