package io.kairos.transport.udp;

import io.kairos.lib.medium.LineEvents;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;

/**
 * An open port: one thread reads, any thread sends. Packets leave from a port of their own, as those of Reticulum programs
 * do, so that a full receive buffer is never filled by a node's own replies.
 */
final class UdpSocket implements AutoCloseable {

    /** Packets handed over before the burst is closed, so that a flood does not hold back what is to be forwarded. */
    private static final int MOST_IN_A_BURST = 64;

    private static final int KERNEL_BUFFER_BYTES = 1 << 20;

    private final UdpAddresses addresses;
    private final Selector selector;
    private final DatagramChannel listening;
    private final DatagramChannel sending;
    private final int sendingPort;

    // ---- owned by the reading thread: the last neighbour, since a burst often has one sender ----
    private InetAddress lastHeard;
    private String lastName;

    UdpSocket(UdpAddresses addresses) throws IOException {
        this.addresses = addresses;
        selector = Selector.open();
        listening = DatagramChannel.open(StandardProtocolFamily.INET);
        sending = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            listening.setOption(
                    StandardSocketOptions.SO_REUSEADDR,
                    addresses.listen().getAddress().isMulticastAddress());
            listening.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_BUFFER_BYTES);
            listening.bind(addresses.listen());
            listening.configureBlocking(false);
            listening.register(selector, SelectionKey.OP_READ);
            sending.setOption(StandardSocketOptions.SO_BROADCAST, true);
            sending.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BUFFER_BYTES);
            sending.configureBlocking(false);
            sending.bind(new InetSocketAddress(0));
            sendingPort = sending.socket().getLocalPort();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Reads until {@link #close()}. */
    void read(int longest, LineEvents events) throws IOException {
        ByteBuffer datagram = ByteBuffer.allocate(longest + 1); // one more, to notice what is too long
        try {
            while (selector.isOpen()) {
                selector.select(key -> {});
                readBurst(datagram, longest, events);
            }
        } catch (ClosedSelectorException closed) {
            // close() ends the reading
        }
    }

    /** Sends one datagram; {@code false} where the machine does not take it now. */
    boolean send(ByteBuffer packet) throws IOException {
        return sending.send(packet, addresses.forward()) > 0;
    }

    @Override
    public void close() {
        closeQuietly(listening);
        closeQuietly(sending);
        closeQuietly(selector); // wakes the reader
    }

    private void readBurst(ByteBuffer datagram, int longest, LineEvents events) throws IOException {
        int handed = 0;
        for (int i = 0; i < MOST_IN_A_BURST && listening.isOpen(); i++) {
            SocketAddress from = listening.receive(datagram.clear());
            if (from == null) {
                break;
            }
            datagram.flip();
            if (datagram.hasRemaining() && datagram.remaining() <= longest) {
                hand(datagram, from, events);
                handed++;
            } else {
                events.malformed(1);
            }
        }
        if (handed > 0) {
            events.endOfBurst();
        }
    }

    /** Ports do not tell neighbours apart: Reticulum programs send each packet from another. */
    private void hand(ByteBuffer datagram, SocketAddress from, LineEvents events) throws IOException {
        if (!(from instanceof InetSocketAddress sender) || isEcho(sender)) {
            events.packet(datagram);
            return;
        }
        if (!sender.getAddress().equals(lastHeard)) {
            lastHeard = sender.getAddress();
            lastName = lastHeard.getHostAddress();
        }
        events.packetFrom(lastName, datagram, Optional.empty());
    }

    /** What is sent to all comes back to this machine, too. */
    private boolean isEcho(InetSocketAddress from) throws IOException {
        return sendingPort == from.getPort() && NetworkInterface.getByInetAddress(from.getAddress()) != null;
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a socket cannot fail", e);
        }
    }
}
