package io.kairos.test.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CableTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long FAST = 1_000_000_000;
    private static final int PATIENCE_MILLIS = 10_000;

    @Test
    void aTcpCableCarriesBytesBothWaysUntilItIsCut() throws IOException {
        byte[] sent = new byte[100_000];
        Arrays.fill(sent, (byte) 7);
        int port = freePort();
        try (ServerSocket far = new ServerSocket(0, 1, LOOPBACK);
                TcpCable cable = new TcpCable(port, far.getLocalPort(), FAST);
                Socket near = new Socket(LOOPBACK, port);
                Socket accepted = far.accept()) {
            near.getOutputStream().write(sent);
            accepted.getOutputStream().write(42);

            assertArrayEquals(sent, accepted.getInputStream().readNBytes(sent.length));
            assertEquals(42, near.getInputStream().read());

            cable.cut();

            assertEquals(-1, readToEnd(near));
            assertEquals(-1, readToEnd(accepted));
            assertThrows(ConnectException.class, () -> new Socket(LOOPBACK, port).close());
        }
    }

    @Test
    void aUdpCableCarriesDatagramsBothWaysUntilItIsCut() throws IOException {
        int leftPort = freePort();
        int rightPort = freePort();
        try (DatagramSocket left = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
                DatagramSocket right = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
                UdpCable cable = new UdpCable(leftPort, left.getLocalPort(), rightPort, right.getLocalPort(), FAST)) {
            left.setSoTimeout(PATIENCE_MILLIS);
            right.setSoTimeout(PATIENCE_MILLIS);

            send(left, leftPort, 300);
            assertEquals(300, receive(right));
            send(right, rightPort, 500);
            assertEquals(500, receive(left));

            cable.cut();

            right.setSoTimeout(100);
            send(left, leftPort, 300);
            assertThrows(SocketTimeoutException.class, () -> receive(right));
        }
    }

    private static int readToEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException e) {
            return -1; // a reset is an end, too
        }
    }

    private static void send(DatagramSocket from, int port, int bytes) throws IOException {
        from.send(new DatagramPacket(new byte[bytes], bytes, LOOPBACK, port));
    }

    private static int receive(DatagramSocket at) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[2000], 2000);
        at.receive(datagram);
        return datagram.getLength();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            return socket.getLocalPort();
        }
    }
}
