package io.kairos.transport.yggdrasil;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.Counterpart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Over two addresses of the loopback device in place of a network; what the daemon says is played. */
class YggdrasilContractTest extends MeshInterfaceContract {

    private static final String ONE = "200:fade::1";
    private static final String TWO = "200:fade::2";

    @TempDir
    static Path folder;

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final int port = freePort();
    private FakeDaemon first;
    private FakeDaemon second;

    @BeforeAll
    static void takeAddresses() throws IOException, InterruptedException {
        Counterpart.needs(
                Addresses.add(ONE) && Addresses.add(TWO), "addresses of the loopback device can be set by root alone");
    }

    @AfterAll
    static void giveAddressesBack() throws IOException, InterruptedException {
        Addresses.remove(ONE);
        Addresses.remove(TWO);
    }

    @BeforeEach
    void startDaemons() {
        int run = RUNS.incrementAndGet();
        first = new FakeDaemon(folder.resolve("one-" + run), FakeDaemon.says(ONE));
        second = new FakeDaemon(folder.resolve("two-" + run), FakeDaemon.says(TWO));
    }

    @AfterEach
    void endDaemons() {
        first.close();
        second.close();
    }

    /** Calls as Reticulum's TCP clients do, from another address. */
    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        Settings settings = settings("cli", "one-", freePort())
                .with(Map.of("peers", "[" + TWO + "]:" + port))
                .with(extra);
        return new Caller(settings, YggdrasilAddresses.parse(ONE).orElseThrow(), time);
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        return open(settings("srv", "two-", port).with(extra));
    }

    private MeshInterface open(Settings settings) {
        return new YggdrasilInterface(settings.as(YggdrasilConfig.class), settings.map(), time, time);
    }

    private static Settings settings(String name, String daemon, int port) {
        return Settings.of(
                "interface.name",
                name,
                "admin.socket",
                folder.resolve(daemon + RUNS.get()).toString(),
                "listen.port",
                port,
                "check.interval.seconds",
                1,
                "reconnect.delay.seconds",
                1,
                "reconnect.delay.max.seconds",
                1);
    }

    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("listen.port", freePort());
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = settings("srv", "two-", port).with(extra);
        ((YggdrasilInterface) opened).modified(changed.as(YggdrasilConfig.class), changed.map());
        return true;
    }

    @Override
    protected boolean secondHasChildren() {
        return true;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-yggdrasil-";
    }

    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(ONE), 0));
            socket.connect(new InetSocketAddress(InetAddress.getByName(TWO), port));
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
