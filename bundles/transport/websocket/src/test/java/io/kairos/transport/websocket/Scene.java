package io.kairos.transport.websocket;

import io.kairos.test.contract.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Settings and ports that tests share. */
final class Scene {

    static final String SECRET = "/0f1e2d3c4b5a69788796a5b4c3d2e1f0";

    private Scene() {}

    static Settings client(int port) {
        return Settings.of(
                "interface.name",
                "cli",
                "peer.url",
                "ws://127.0.0.1:" + port + SECRET,
                "reconnect.delay.seconds",
                1,
                "reconnect.delay.max.seconds",
                1);
    }

    static Settings server(int port) {
        return Settings.of("interface.name", "srv", "listen.port", port, "secret.path", SECRET);
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
