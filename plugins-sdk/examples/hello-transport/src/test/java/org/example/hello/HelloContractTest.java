package org.example.hello;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;

/** What every transport has to pass, over the real medium: two interfaces that talk to each other. */
class HelloContractTest extends MeshInterfaceContract {

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

    /** This medium is up whether somebody listens or not. */
    @Override
    protected boolean firstNeedsSecond() {
        return false;
    }

    /** Datagrams may overtake each other … */
    @Override
    protected boolean keepsOrder() {
        return false;
    }

    /** … and get lost where too many are under way. */
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
        return "kairos-hello-";
    }

    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] datagram = Arrays.copyOf(bytes, Math.min(bytes.length, 60_000));
            socket.send(new DatagramPacket(
                    datagram, datagram.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), secondPort)));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MeshInterface open(String name, int listen, int peer, Map<String, Object> extra) {
        Settings settings = Settings.of("interface.name", name, "listen.port", listen, "peer.port", peer)
                .with(extra);
        return new HelloInterface(settings.as(HelloConfig.class), settings.map(), time, time);
    }

    private static int freePort() {
        try (DatagramSocket probe = new DatagramSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
