package io.kairos.transport.auto;

import io.kairos.api.time.Clock;
import io.kairos.api.transport.PacketSink;
import io.kairos.lib.medium.Neighbours;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes datagrams from sockets: packets of neighbours go to the core, signs of life are told. Owned by one thread. */
final class DatagramReader {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramReader.class);

    /** Datagrams taken from one socket before the others get their turn. */
    private static final int MOST_IN_A_BURST = 64;

    /** Who wants to know what was heard. */
    interface Ears {

        /** Whether members of the group count already. */
        boolean areOpen();

        /** A member of the group, which this node may be itself, has said that it is there. */
        void member(Segment segment, Inet6Address source, long nowNanos) throws IOException;

        /** A neighbour has sent a packet. */
        void neighbour(AutoPeer peer, long nowNanos);
    }

    private final Supplier<AutoSettings> settings;
    private final Group group;
    private final Clock clock;
    private final Neighbours<AutoPeer> neighbours;
    private final Ears ears;
    private final RecentPackets recent = new RecentPackets();
    private final List<AutoPeer> inBurst = new ArrayList<>();
    private final ByteBuffer datagram;

    /** @param longest most bytes of a packet */
    DatagramReader(
            int longest,
            Supplier<AutoSettings> settings,
            Group group,
            Clock clock,
            Neighbours<AutoPeer> neighbours,
            Ears ears) {
        this.settings = settings;
        this.group = group;
        this.clock = clock;
        this.neighbours = neighbours;
        this.ears = ears;
        this.datagram = ByteBuffer.allocate(Math.max(longest, Group.TOKEN_BYTES) + 1);
    }

    /** Everything that waits at one socket, up to a bound. */
    void readAll(SelectionKey key) {
        Segment.Role role = (Segment.Role) key.attachment();
        try {
            for (int i = 0; i < MOST_IN_A_BURST && key.isValid(); i++) {
                SocketAddress source = ((DatagramChannel) key.channel()).receive(datagram.clear());
                if (source == null) {
                    break;
                }
                datagram.flip();
                read(role, ((InetSocketAddress) source).getAddress() instanceof Inet6Address six ? six : null);
            }
        } catch (IOException e) {
            LOG.debug(
                    "Interface {} could not read on {}: {}",
                    settings.get().name(),
                    role.segment().name(),
                    e.toString());
        } finally {
            endBursts();
        }
    }

    private void read(Segment.Role role, Inet6Address source) throws IOException {
        if (source == null) {
            return;
        }
        if (role.job() == Segment.Job.DATA) {
            packet(role.segment(), source);
        } else if (ears.areOpen()
                && group.isFromMember(datagram.array(), datagram.limit(), AddressText.ofLinkLocal(source))) {
            ears.member(role.segment(), source, clock.nanos());
        }
    }

    private void packet(Segment segment, Inet6Address source) {
        AutoPeer peer = segment.peers().get(source);
        if (peer == null || peer.isGone()) {
            return; // not a neighbour
        }
        if (!datagram.hasRemaining() || datagram.remaining() > settings.get().longest()) {
            peer.tally().malformed(1);
            return;
        }
        long now = clock.nanos();
        ears.neighbour(peer, now);
        if (recent.isRepeated(datagram, now)) {
            return;
        }
        PacketSink core = peer.core();
        if (core == null) {
            peer.tally().droppedIncoming();
            return;
        }
        peer.tally().received(datagram.remaining());
        if (!inBurst.contains(peer)) {
            inBurst.add(peer);
        }
        neighbours.guarded(() -> core.received(datagram));
    }

    private void endBursts() {
        for (AutoPeer peer : inBurst) {
            PacketSink core = peer.core();
            if (core != null) {
                neighbours.guarded(core::endOfBurst);
            }
        }
        inBurst.clear();
    }
}
