package io.kairos.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.Counterpart;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's nginx cuts what is silent for three seconds. Pings of either side keep a connection; one without them is the
 * control that says when nginx has cut.
 */
class PatienceCounterpartTest {

    private static final int ROUNDS =
            3; // on a machine that stands still for seconds a ping comes too late, but not each time
    private static final int NEVER = 3_600;

    @TempDir
    Path folder;

    private final RealTime time = new RealTime();
    private final List<MeshInterface> opened = new ArrayList<>();
    private Process nginx;

    /** A client, its way through nginx, and a server; nobody sends packets. */
    private final class Way {
        private final int front = Scene.freePort();
        private final int back = Scene.freePort();
        private final RecordingSink core = new RecordingSink();

        void open(int clientPing, int serverPing) {
            Settings serving = Scene.server(back).with(Map.of("ping.interval.seconds", serverPing));
            MeshInterface server =
                    new WebSocketServerInterface(serving.as(WebSocketServerConfig.class), serving.map(), time, time);
            server.attach(core);
            opened.add(server);
            Settings calling = Scene.client(front).with(Map.of("ping.interval.seconds", clientPing));
            opened.add(
                    new WebSocketClientInterface(calling.as(WebSocketClientConfig.class), calling.map(), time, time));
        }

        MeshInterface awaitConnection() {
            WaitFor.condition("connected", () -> core.children().size() == 1);
            return core.children().keySet().iterator().next();
        }

        boolean has(MeshInterface connection) {
            return core.children().containsKey(connection);
        }

        String listens() {
            return "server { listen 127.0.0.1:%d; location / { proxy_pass http://127.0.0.1:%d; } }%n"
                    .formatted(front, back);
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        opened.forEach(MeshInterface::close);
        time.close();
        if (nginx != null) {
            nginx.destroy();
            assertTrue(nginx.waitFor(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void pingsOfEitherSideKeepAnIdleConnectionOpen() throws IOException {
        Way silent = new Way();
        Way clientAsks = new Way();
        Way serverAsks = new Way();
        startNginx(silent.listens() + clientAsks.listens() + serverAsks.listens());
        clientAsks.open(1, NEVER);
        serverAsks.open(NEVER, 1);
        clientAsks.awaitConnection();
        serverAsks.awaitConnection();
        silent.open(NEVER, NEVER);

        boolean clientsLast = false;
        boolean serversLast = false;
        for (int round = 0; round < ROUNDS && !(clientsLast && serversLast); round++) {
            MeshInterface asked = clientAsks.awaitConnection();
            MeshInterface asking = serverAsks.awaitConnection();
            MeshInterface young = silent.awaitConnection();
            WaitFor.condition("nginx cuts", Duration.ofSeconds(30), () -> !silent.has(young));
            silent.awaitConnection(); // a second later: what nginx was about to cut is cut
            clientsLast |= clientAsks.has(asked);
            serversLast |= serverAsks.has(asking);
        }

        assertTrue(clientsLast, "a connection whose client asks was cut");
        assertTrue(serversLast, "a connection whose server asks was cut");
    }

    private void startNginx(String servers) throws IOException {
        Path program = Counterpart.program("nginx", "nginx-light");
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                user root;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    proxy_http_version 1.1;
                    proxy_set_header Host $host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "upgrade";
                    proxy_read_timeout 3s;
                %2$s
                }
                """.formatted(folder, servers));
        nginx = new ProcessBuilder(program.toString(), "-p", folder.toString(), "-c", folder + "/nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
    }
}
