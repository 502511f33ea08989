package io.kairos.transport.i2p;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** One interface that others connect to, and one that connects to it, at one stub of a SAM bridge. */
class I2pContractTest extends MeshInterfaceContract {

    private final StubBridge bridge = new StubBridge();
    private final MemoryStore store = new MemoryStore();
    private final String keys = bridge.newKeys();
    private final Destination own = Destination.ofPrivate(keys);

    I2pContractTest() {
        new OwnKeys(() -> store).keep("hidden", keys);
    }

    @AfterEach
    void endBridge() {
        bridge.close();
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        Settings settings = Settings.of(
                        "interface.name",
                        "caller",
                        "peers",
                        own.base32(),
                        "bridge.port",
                        bridge.port(),
                        "setup.delay.seconds",
                        1,
                        "reconnect.delay.seconds",
                        1)
                .with(extra);
        return new CalledPeer(new I2pInterface(settings.as(I2pConfig.class), settings.map(), time, time, store));
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        Settings settings = second(extra);
        return new I2pInterface(settings.as(I2pConfig.class), settings.map(), time, time, store);
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = second(extra);
        ((I2pInterface) opened).modified(changed.as(I2pConfig.class), changed.map());
        return true;
    }

    private Settings second(Map<String, Object> extra) {
        return Settings.of(
                        "interface.name",
                        "hidden",
                        "connectable",
                        true,
                        "bridge.port",
                        bridge.port(),
                        "reconnect.delay.seconds",
                        1)
                .with(extra);
    }

    /** Another peer to call beside the own address. */
    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("peers", "b".repeat(52) + ".b32.i2p");
    }

    @Override
    protected boolean secondHasChildren() {
        return true;
    }

    /** Less than the queue of the usual size holds. */
    @Override
    protected int window() {
        return 100;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-i2p-";
    }

    /** A stranger's stream, through the bridge. */
    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (Socket session = new Socket(InetAddress.getByName("127.0.0.1"), bridge.port());
                Socket stream = new Socket(InetAddress.getByName("127.0.0.1"), bridge.port())) {
            say(session, "SESSION CREATE STYLE=STREAM ID=stranger DESTINATION=" + bridge.newKeys() + " ");
            say(stream, "STREAM CONNECT ID=stranger DESTINATION=" + own.base64() + " SILENT=false");
            stream.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        for (int next = socket.getInputStream().read(); next >= 0 && next != '\n'; ) {
            next = socket.getInputStream().read();
        }
    }
}
