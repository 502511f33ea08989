package io.kairos.test.node;

import io.kairos.api.packet.DestinationHash;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/** A well-behaved neighbour with one destination, on a TCP connection. */
final class Peer implements AutoCloseable {

    private static final int FLAG = 0x7e;
    private static final int ESCAPE = 0x7d;
    private static final String NAME = "kairos.peer";
    private static final int ANNOUNCE = 0x01;

    private final SecureRandom random = new SecureRandom();
    private final Ed25519Signer signer = new Ed25519Signer();
    private final byte[] seed = new byte[32];
    private final byte[] keys = new byte[64];
    private final Socket socket = new Socket();
    private final InputStream in;
    final DestinationHash address;

    Peer(int port) throws IOException {
        random.nextBytes(seed);
        random.nextBytes(keys);
        System.arraycopy(signer.publicKey(seed), 0, keys, 32, 32);
        address = Hashes.destination(NAME, Hashes.identity(keys));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(2_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    byte[] announce() {
        return announce(address);
    }

    /** Properly signed, also for an address that is not this peer's. */
    byte[] announce(DestinationHash claimed) {
        byte[] fresh = new byte[10];
        random.nextBytes(fresh);
        byte[] blob = AnnounceCodec.blob(fresh, System.currentTimeMillis() / 1000);
        byte[] name = Hashes.name(NAME);
        byte[] none = {};
        byte[] signed = AnnounceCodec.signedData(claimed, keys, name, blob, Optional.empty(), none);
        byte[] payload = AnnounceCodec.encode(keys, name, blob, Optional.empty(), signer.sign(seed, signed), none);
        return PacketBytes.build(ANNOUNCE, claimed, 0, payload);
    }

    void send(byte[] packet) throws IOException {
        socket.getOutputStream().write(frame(packet));
    }

    /** Bytes as they are. */
    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    static byte[] frame(byte[] packet) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
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

    /** Announces until {@code other} hears the node repeat it; the node's transport id stands in the repetition. */
    DestinationHash introduceTo(Peer other) throws IOException {
        for (int i = 0; i < 15; i++) {
            send(announce());
            try {
                while (true) {
                    byte[] heard = other.receive();
                    if (PacketBytes.isWellFormed(heard, 0, heard.length)
                            && PacketBytes.type(heard, 0) == ANNOUNCE
                            && PacketBytes.hasTransport(heard, 0)
                            && PacketBytes.destination(heard, 0).equals(address)) {
                        return PacketBytes.transport(heard, 0);
                    }
                }
            } catch (SocketTimeoutException e) {
                // once more
            }
        }
        throw new AssertionError("the node does not repeat announces");
    }

    /** A packet to {@code other} over the node. */
    byte[] packetTo(Peer other, DestinationHash node, byte[] data) {
        byte[] packet = PacketBytes.build(0, other.address, 0, data);
        return PacketBytes.withTransport(packet, packet.length, node, 0, false);
    }

    /** Whether a packet to {@code other} is forwarded by the node; three attempts. */
    boolean reaches(Peer other, DestinationHash node) throws IOException {
        for (int i = 0; i < 3; i++) {
            byte[] data = new byte[64];
            random.nextBytes(data);
            send(packetTo(other, node, data));
            try {
                while (true) {
                    byte[] heard = other.receive();
                    if (heard.length >= 64
                            && Arrays.equals(data, Arrays.copyOfRange(heard, heard.length - 64, heard.length))) {
                        return true;
                    }
                }
            } catch (SocketTimeoutException e) {
                // once more
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
