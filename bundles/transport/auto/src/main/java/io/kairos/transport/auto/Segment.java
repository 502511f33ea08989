package io.kairos.transport.auto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One system interface in use: three sockets, the own address, and the neighbours heard there.
 *
 * <p>Threads: owned by the reading thread; {@link #send} may be called by any.
 */
final class Segment implements AutoCloseable {

    private static final int KERNEL_BUFFER_BYTES = 1 << 20;

    /** What a socket is for. */
    enum Job {
        /** Hears the group. */
        GROUP,
        /** Hears neighbours that speak to this node alone. */
        DIRECT,
        /** Carries packets. */
        DATA
    }

    /** What a selection key stands for. */
    record Role(Segment segment, Job job) {}

    private final Devices.Device device;
    private final String ownText;
    private final byte[] token;
    private final InetSocketAddress groupAddress;
    private final AutoSettings settings;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final DatagramChannel direct;
    private final DatagramChannel data;
    private final Map<Inet6Address, AutoPeer> peers = new HashMap<>();

    private long lastEchoNanos;
    private boolean carrierLost;

    Segment(Devices.Device device, AutoSettings settings, Group group, Selector selector, long nowNanos)
            throws IOException {
        this.device = device;
        this.settings = settings;
        this.ownText = AddressText.ofLinkLocal(device.address());
        this.token = group.token(ownText);
        this.lastEchoNanos = nowNanos;
        byte[] multicast = group.multicastAddress(settings.temporaryAddress(), settings.scope());
        Inet6Address scoped =
                Inet6Address.getByAddress(null, multicast, device.system().getIndex());
        this.groupAddress = new InetSocketAddress(scoped, settings.discoveryPort());
        try {
            DatagramChannel hearing = open(Job.GROUP, groupAddress, selector);
            hearing.join(scoped, device.system());
            direct = open(Job.DIRECT, own(settings.discoveryPort() + 1), selector);
            direct.setOption(StandardSocketOptions.IP_MULTICAST_IF, device.system());
            data = open(Job.DATA, own(settings.dataPort()), selector);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    String name() {
        return device.name();
    }

    /** Whether the system interface still is what this segment was made for. */
    boolean isStill(Devices.Device now) {
        return now != null
                && now.address().equals(device.address())
                && now.system().getIndex() == device.system().getIndex();
    }

    boolean isOwn(Inet6Address source) {
        return source.equals(device.address());
    }

    Map<Inet6Address, AutoPeer> peers() {
        return peers;
    }

    /** Tells the group that this node is there. From the own address, which the token is made of. */
    void announce() throws IOException {
        direct.send(ByteBuffer.wrap(token), groupAddress);
    }

    /** Tells one neighbour. */
    void announceTo(Inet6Address neighbour) throws IOException {
        direct.send(ByteBuffer.wrap(token), new InetSocketAddress(scoped(neighbour), settings.discoveryPort() + 1));
    }

    /** Sends one packet; {@code false} where the machine does not take it now. */
    boolean send(ByteBuffer packet, InetSocketAddress neighbour) throws IOException {
        return data.send(packet, neighbour) > 0;
    }

    /** Where a neighbour receives packets. */
    InetSocketAddress dataAddress(Inet6Address neighbour) throws IOException {
        return new InetSocketAddress(scoped(neighbour), settings.dataPort());
    }

    void echoHeard(long nowNanos) {
        lastEchoNanos = nowNanos;
    }

    /** Whether the own echo is missing for the first time or is back for the first time. */
    boolean carrierChanged(long nowNanos) {
        boolean lost = nowNanos - lastEchoNanos > Peering.CARRIER.toNanos();
        boolean changed = lost != carrierLost;
        carrierLost = lost;
        return changed;
    }

    boolean isCarrierLost() {
        return carrierLost;
    }

    @Override
    public void close() {
        for (DatagramChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("closing a socket cannot fail", e);
            }
        }
    }

    private DatagramChannel open(Job job, InetSocketAddress address, Selector selector) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET6);
        channels.add(channel);
        if (job == Job.GROUP) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
        }
        if (job == Job.DATA) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BUFFER_BYTES);
        }
        channel.bind(isWindows() && job != Job.DATA ? new InetSocketAddress(address.getPort()) : address);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Role(this, job));
        return channel;
    }

    private InetSocketAddress own(int port) {
        return new InetSocketAddress(device.address(), port);
    }

    private Inet6Address scoped(Inet6Address address) throws IOException {
        return Inet6Address.getByAddress(
                null, address.getAddress(), device.system().getIndex());
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
