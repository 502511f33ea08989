package io.kairos.transport.tor;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A client and an onion service at one stub of tor. */
class TorContractTest extends MeshInterfaceContract {

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private StubTor tor;
    private String service;

    @BeforeEach
    void startTor() {
        tor = new StubTor(folder);
        String key = tor.newKey();
        service = StubTor.service(key);
        new OnionKeys(() -> store).keep("onion", new OnionKeys.Key(key, service));
    }

    @AfterEach
    void endTor() {
        tor.close();
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        Settings settings = Settings.of(
                        "interface.name",
                        "cli",
                        "target.host",
                        service + ".onion",
                        "proxy.port",
                        tor.socksPort(),
                        "reconnect.delay.seconds",
                        1,
                        "reconnect.delay.max.seconds",
                        1)
                .with(extra);
        return new TorClientInterface(settings.as(TorClientConfig.class), settings.map(), time, time);
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        Settings settings = second(extra);
        return new TorServerInterface(settings.as(TorServerConfig.class), settings.map(), time, time, store);
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = second(extra);
        ((TorServerInterface) opened).modified(changed.as(TorServerConfig.class), changed.map());
        return true;
    }

    private Settings second(Map<String, Object> extra) {
        return Settings.of("interface.name", "onion", "control.port", tor.controlPort(), "reconnect.delay.seconds", 1)
                .with(extra);
    }

    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("onion.port", 4_243);
    }

    @Override
    protected boolean secondHasChildren() {
        return true;
    }

    @Override
    protected int window() {
        return 20;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-tor-";
    }

    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), tor.socksPort())) {
            OutputStream out = socket.getOutputStream();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            out.write(Socks.greeting(Socks.METHOD_NONE));
            in.readNBytes(2);
            out.write(Socks.connect(service + ".onion", 4_242));
            in.readNBytes(10);
            out.write(bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
