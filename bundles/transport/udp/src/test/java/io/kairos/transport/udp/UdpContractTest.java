package io.kairos.transport.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Neighbour;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UdpContractTest extends MeshInterfaceContract {

    private static final int MOST_IN_A_DATAGRAM = 60_000;

    private final int firstPort = freePort();
    private final int secondPort = freePort();

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        return open("one", firstPort, secondPort, extra);
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        return open("two", secondPort, firstPort, extra);
    }

    @Override
    protected boolean firstNeedsSecond() {
        return false;
    }

    @Override
    protected boolean keepsOrder() {
        return false;
    }

    @Override
    protected int window() {
        return 40;
    }

    @Override
    protected boolean countsWhatASlowReceiverCosts() {
        return false;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-udp-";
    }

    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] datagram = Arrays.copyOf(bytes, Math.min(bytes.length, MOST_IN_A_DATAGRAM));
            InetSocketAddress target = new InetSocketAddress("127.0.0.1", secondPort);
            socket.send(new DatagramPacket(datagram, datagram.length, target));
            socket.send(new DatagramPacket(datagram, 0, target));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("listen.port", freePort());
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = settings("two", secondPort, firstPort, extra);
        ((UdpInterface) opened).modified(changed.as(UdpConfig.class), changed.map());
        return true;
    }

    @Test
    void packetsCountForTheAddressTheyComeFrom() {
        Pair pair = connect();
        exchange(pair.first(), pair.second(), new byte[][] {new byte[20], new byte[30]});

        Neighbour heard = pair.second().opened().neighbours().get(0);
        assertEquals("127.0.0.1", heard.name());
        assertTrue(heard.packets() >= 2, heard.toString());
    }

    @Test
    void whatComesBackToItselfIsNoNeighbour() {
        try (MeshInterface alone = open("alone", firstPort, firstPort, Map.of())) {
            RecordingSink inbox = new RecordingSink();
            alone.attach(inbox);
            WaitFor.condition("up", () -> alone.status().isUp());
            WaitFor.condition("it comes back", () -> {
                alone.send(ByteBuffer.wrap(new byte[20]));
                return inbox.count() > 0;
            });
            assertEquals(List.of(), alone.neighbours());
        }
    }

    private MeshInterface open(String name, int listen, int forward, Map<String, Object> extra) {
        Settings settings = settings(name, listen, forward, extra);
        return new UdpInterface(settings.as(UdpConfig.class), settings.map(), time, time);
    }

    private static Settings settings(String name, int listen, int forward, Map<String, Object> extra) {
        return Settings.of(
                        "interface.name", name,
                        "listen.host", "127.0.0.1",
                        "listen.port", listen,
                        "forward.host", "127.0.0.1",
                        "forward.port", forward)
                .with(extra);
    }

    private static int freePort() {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
