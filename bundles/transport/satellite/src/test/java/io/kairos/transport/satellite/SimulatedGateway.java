package io.kairos.transport.satellite;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The gateway of a provider, as its public descriptions have it: it has the mailboxes of modems, brings their messages to a base
 * station, again and again until it has taken them, and takes messages to modems at a port of its own. Written apart from
 * the codec that it tests.
 */
final class SimulatedGateway implements AutoCloseable {

    /** Statuses of the next messages to modems, instead of their place in the queue. */
    final Deque<Integer> statuses = new ConcurrentLinkedDeque<>();

    /** What the base station has said to messages of modems, where it is asked. */
    final List<Integer> confirmations = Collections.synchronizedList(new ArrayList<>());

    /** It takes a message, and hangs up before it says so. */
    volatile boolean losesAnswers;

    /** Whether it waits for a confirmation of each message that it brings. */
    volatile boolean asks;

    private final Map<String, SimulatedModem> modems = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<byte[]> toStation = new LinkedBlockingQueue<>(2_000);
    private final InetSocketAddress station;
    private final int port;

    private volatile ServerSocket door;
    private volatile boolean closed;

    /** @param stationPort where the base station listens on this machine */
    SimulatedGateway(int stationPort) {
        this.station = new InetSocketAddress(InetAddress.getLoopbackAddress(), stationPort);
        this.port = freePort();
        reach();
        begin("simulated-gateway-bring", this::bring);
    }

    /** A port that nobody has, below those that connections get: one that calls here too early would take it. */
    static int freePort() {
        while (true) {
            int candidate = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket probe = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (BindException taken) {
                continue; // another one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    int port() {
        return port;
    }

    void join(String imei, SimulatedModem modem) {
        modems.put(imei, modem);
        modem.destination = message -> toStation.offer(mobileOriginated(imei, message));
    }

    /** Nothing listens any more where it takes messages. */
    void vanish() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It takes messages. */
    void reach() {
        try {
            ServerSocket fresh = new ServerSocket();
            fresh.setReuseAddress(true);
            fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            door = fresh;
            begin("simulated-gateway-take", () -> take(fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message as the gateway brings it, with the place of the modem as providers like to add it. */
    static byte[] mobileOriginated(String imei, byte[] payload) {
        ByteBuffer elements = ByteBuffer.allocate(200 + payload.length);
        elements.put((byte) 0x01).putShort((short) 28).putInt(123_456).put(imei.getBytes(StandardCharsets.US_ASCII));
        elements.put((byte) 0).putShort((short) 7).putShort((short) 0).putInt(1_790_000_000);
        elements.put((byte) 0x03)
                .putShort((short) 11)
                .put(new byte[] {0, 52, 1, 2, 13, 3, 4})
                .putInt(5);
        if (payload.length > 0) {
            elements.put((byte) 0x02).putShort((short) payload.length).put(payload);
        }
        elements.flip();
        ByteBuffer message = ByteBuffer.allocate(3 + elements.remaining());
        message.put((byte) 1).putShort((short) elements.remaining()).put(elements);
        return message.array();
    }

    private void bring() {
        while (!closed) {
            try {
                byte[] next = toStation.poll(20, TimeUnit.MILLISECONDS);
                while (next != null && !closed && !isBrought(next)) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Brings one message; false where it has to come again. */
    boolean isBrought(byte[] message) {
        try (Socket socket = new Socket()) {
            socket.connect(station, 5_000);
            socket.getOutputStream().write(message);
            if (!asks) {
                return true;
            }
            socket.setSoTimeout(5_000);
            byte[] said = new DataInputStream(socket.getInputStream()).readNBytes(7);
            if (said.length < 7) {
                return false;
            }
            ByteBuffer expected =
                    ByteBuffer.allocate(7).put(new byte[] {1, 0, 4, 5, 0, 1}).put(said[6]);
            if (!ByteBuffer.wrap(said).equals(expected.flip())) {
                throw new AssertionError("this is no confirmation");
            }
            confirmations.add((int) said[6]);
            return said[6] == 1;
        } catch (IOException e) {
            return false;
        }
    }

    private void take(ServerSocket open) {
        while (!open.isClosed()) {
            try (Socket socket = open.accept()) {
                socket.setSoTimeout(5_000);
                answer(socket);
            } catch (IOException e) {
                // the next one
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        expect(in.readUnsignedByte() == 1, "revision");
        int rest = in.readUnsignedShort();
        expect(in.readUnsignedByte() == 0x41 && in.readUnsignedShort() == 21, "header");
        int number = in.readInt();
        String imei = new String(in.readNBytes(15), StandardCharsets.US_ASCII);
        expect(in.readUnsignedShort() == 0, "flags");
        expect(in.readUnsignedByte() == 0x42, "payload");
        byte[] payload = in.readNBytes(in.readUnsignedShort());
        expect(rest == 3 + 21 + 3 + payload.length, "length");
        int status = status(imei, payload);
        if (losesAnswers) {
            return;
        }
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.write(ByteBuffer.allocate(31)
                .put(new byte[] {1, 0, 28, 0x44, 0, 25})
                .putInt(number)
                .put(imei.getBytes(StandardCharsets.US_ASCII))
                .putInt(77)
                .putShort((short) status)
                .array());
    }

    private int status(String imei, byte[] payload) {
        Integer told = statuses.poll();
        if (told != null) {
            return told;
        }
        SimulatedModem modem = modems.get(imei);
        if (modem == null) {
            return -2;
        }
        if (modem.waiting() >= 50) {
            return -5;
        }
        modem.deliver(payload);
        return Math.max(1, modem.waiting());
    }

    private static void expect(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException("wrong " + what);
        }
    }

    private static void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        vanish();
    }
}
