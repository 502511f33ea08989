package io.kairos.transport.auto;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.NeighbourInterface;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** One neighbour on one system interface: a child of the auto interface, with its policy and budget. */
final class AutoPeer extends NeighbourInterface {

    private final Supplier<AutoSettings> settings; // budget and policy may change
    private final Segment segment;
    private final Inet6Address address;
    private final InetSocketAddress target;
    private final InterfaceTally tally = new InterfaceTally();

    /** @param number tells neighbours apart without saying who they are */
    AutoPeer(Supplier<AutoSettings> settings, Segment segment, Inet6Address address, long number) throws IOException {
        super("auto-peer", settings.get().name() + "/" + number);
        this.settings = settings;
        this.segment = segment;
        this.address = address;
        this.target = segment.dataAddress(address);
        become(InterfaceState.UP);
    }

    @Override
    public String description() {
        return "AutoInterfacePeer[" + segment.name() + "/" + AddressText.ofLinkLocal(address) + "]";
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
            if (!isGone() && bytes <= settings.get().longest() && segment.send(packet, target)) {
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
        become(InterfaceState.CLOSED);
        super.close();
    }

    boolean isGone() {
        return status().state() == InterfaceState.CLOSED;
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
}
