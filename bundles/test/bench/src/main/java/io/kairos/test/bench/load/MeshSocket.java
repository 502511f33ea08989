package io.kairos.test.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A blocking TCP connection to a node that frames packets with HDLC; simple on purpose. */
final class MeshSocket implements AutoCloseable {

    static final int FLAG = 0x7e;
    private static final int ESCAPE = 0x7d;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    MeshSocket(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 18);
        out = socket.getOutputStream();
    }

    void readTimeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    InputStream stream() {
        return in;
    }

    /** Sends bytes that are framed already. */
    void writeFramed(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
    }

    void send(byte[] packet) throws IOException {
        out.write(frame(packet));
    }

    static byte[] frame(byte[] packet) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream(packet.length + 16);
        framed.write(FLAG);
        for (byte b : packet) {
            if (b == FLAG || b == ESCAPE) {
                framed.write(ESCAPE);
                framed.write(b ^ 0x20);
            } else {
                framed.write(b);
            }
        }
        framed.write(FLAG);
        return framed.toByteArray();
    }

    /** Waits for the next packet that is not empty. */
    byte[] receive() throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        boolean escaped = false;
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the node has closed the connection");
            } else if (b == FLAG) {
                if (packet.size() > 0) {
                    return packet.toByteArray();
                }
            } else if (b == ESCAPE) {
                escaped = true;
            } else {
                packet.write(escaped ? b ^ 0x20 : b);
                escaped = false;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
