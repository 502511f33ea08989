package io.kairos.transport.tcp;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;

class TcpContractTest extends MeshInterfaceContract {

    private final int port = freePort();

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        Settings settings = Settings.of(
                        "interface.name",
                        "cli",
                        "peer.host",
                        "127.0.0.1",
                        "peer.port",
                        port,
                        "reconnect.delay.seconds",
                        1)
                .with(extra);
        return new TcpClientInterface(settings.as(TcpClientConfig.class), settings.map(), time, time);
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        Settings settings = second(extra);
        return new TcpServerInterface(settings.as(TcpServerConfig.class), settings.map(), time, time);
    }

    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("listen.port", freePort());
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = second(extra);
        ((TcpServerInterface) opened).modified(changed.as(TcpServerConfig.class), changed.map());
        return true;
    }

    private Settings second(Map<String, Object> extra) {
        return Settings.of("interface.name", "srv", "listen.host", "127.0.0.1", "listen.port", port, "threads", 2)
                .with(extra);
    }

    @Override
    protected boolean secondHasChildren() {
        return true;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-tcp-";
    }

    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
