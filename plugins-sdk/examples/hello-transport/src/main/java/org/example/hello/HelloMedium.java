package org.example.hello;

import io.kairos.api.failure.Failure;
import io.kairos.lib.medium.PacketMedium;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The medium itself: the one class to replace for another one. It opens, receives, sends and closes; it may block as long as
 * it likes, because each of these has a thread of its own, and {@link #close()} lets all of them go.
 */
final class HelloMedium implements PacketMedium {

    private final DatagramSocket socket;
    private final InetSocketAddress peer;

    /** Opens the medium; may fail as often as it likes, it is tried again. */
    HelloMedium(HelloSettings settings) throws IOException {
        peer = new InetSocketAddress(InetAddress.getByName(settings.peerHost()), settings.peerPort());
        socket = new DatagramSocket(settings.listenPort());
    }

    /** Waits for one packet and puts it into {@code buffer}; returns its length. */
    @Override
    public int receive(byte[] buffer) throws IOException {
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        socket.receive(datagram);
        return datagram.getLength();
    }

    /** Sends one packet. */
    @Override
    public void send(byte[] packet) throws IOException {
        socket.send(new DatagramPacket(packet, packet.length, peer));
    }

    @Override
    public void close() {
        socket.close();
    }

    /** Tells the operator what went wrong and what to do; never names the peer. */
    static Failure failure(HelloSettings settings, IOException e) {
        return new Failure(
                Failure.Kind.NETWORK,
                "UDP port " + settings.listenPort() + " cannot be used: "
                        + e.getClass().getSimpleName(),
                "Choose another listen.port, or check peer.host.");
    }
}
