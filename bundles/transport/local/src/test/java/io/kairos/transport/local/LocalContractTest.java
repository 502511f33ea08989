package io.kairos.transport.local;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import io.kairos.transport.tcp.TcpClientConfig;
import io.kairos.transport.tcp.TcpClientInterface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The shared instance over TCP; a TCP client interface, whose frames are the same, stands for the program. */
class LocalContractTest extends MeshInterfaceContract {

    @TempDir
    static Path folder;

    private final int port = freePort();
    private final int controlPort = freePort();

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
        Settings settings = Settings.of(
                        "interface.name",
                        "programs",
                        "socket",
                        "tcp",
                        "listen.port",
                        port,
                        "control.port",
                        controlPort,
                        "reticulum.folder",
                        folder.toString())
                .with(extra);
        return new LocalInterface(settings.as(LocalConfig.class), settings.map(), time);
    }

    @Override
    protected boolean secondHasChildren() {
        return true;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-";
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
