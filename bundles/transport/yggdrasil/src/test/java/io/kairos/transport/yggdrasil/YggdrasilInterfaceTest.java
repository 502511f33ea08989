package io.kairos.transport.yggdrasil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Offer;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.Counterpart;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that comes, goes and changes its mind; addresses are those of the loopback device. */
class YggdrasilInterfaceTest {

    private static final String ONE = "200:fade::11";
    private static final String TWO = "200:fade::12";

    @TempDir
    Path folder;

    private final RealTime time = new RealTime();
    private final int port = YggdrasilContractTest.freePort();
    private final List<AutoCloseable> opened = new ArrayList<>();

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

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        time.close();
    }

    @Test
    void theAddressIsFollowedWhenTheDaemonComesAndChangesIt() {
        MeshInterface ygg = open("ygg", Map.of());
        assertFails("The Yggdrasil daemon does not run here", ygg);
        assertEquals(Optional.empty(), ygg.offer());
        assertEquals(Set.of(Endpoint.port("tcp", "", port)), ygg.endpoints());

        FakeDaemon daemon = daemon(FakeDaemon.says(ONE));
        WaitFor.condition("up", () -> ygg.status().isUp());
        assertEquals(offer("200:fade:0:0:0:0:0:11"), ygg.offer());
        assertEquals(Set.of(Endpoint.port("tcp", ONE, port)), ygg.endpoints());

        daemon.answer(FakeDaemon.says(TWO));
        WaitFor.condition(
                "the other address",
                () -> ygg.offer().equals(offer("200:fade:0:0:0:0:0:12"))
                        && ygg.status().isUp());
    }

    @Test
    void aDaemonThatDoesNotAnswerIsForgivenWhileItsAddressIsThere() {
        FakeDaemon daemon = daemon(FakeDaemon.says(ONE));
        MeshInterface ygg = open("ygg", Map.of());
        WaitFor.condition("up", () -> ygg.status().isUp());

        daemon.answer("nonsense");
        int[] looks = {0};
        WaitFor.condition("it was asked some times", () -> ++looks[0] > 2_000);
        assertTrue(ygg.status().isUp(), ygg.status().toString());
    }

    @Test
    void whatIsNoDaemonIsTold() {
        daemon("HTTP/1.1 400 Bad Request\r\n\r\n");

        assertFails("What listens at the place of the Yggdrasil daemon does not say an address", open("ygg", Map.of()));
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        daemon(FakeDaemon.says(ONE) + " ".repeat(1 << 20));

        assertFails("What listens at the place of the Yggdrasil daemon does not say an address", open("ygg", Map.of()));
    }

    @Test
    void anAddressThatNoDeviceHasIsTold() {
        daemon(FakeDaemon.says("200:fade::99"));

        assertFails("No network device has the daemon's address", open("ygg", Map.of()));
    }

    @Test
    void peersAreCalledAndPacketsGoBothWays() {
        FakeDaemon own = daemon(FakeDaemon.says(ONE));
        assertTrue(own != null);
        FakeDaemon theirs = new FakeDaemon(folder.resolve("theirs"), FakeDaemon.says(TWO));
        opened.add(theirs);
        int theirPort = YggdrasilContractTest.freePort();
        MeshInterface them =
                open("them", Map.of("admin.socket", folder.resolve("theirs").toString(), "listen.port", theirPort));
        RecordingSink theirCore = new RecordingSink();
        them.attach(theirCore);
        MeshInterface ygg = open("ygg", Map.of("peers", "[" + TWO + "]:" + theirPort));
        RecordingSink core = new RecordingSink();
        ygg.attach(core);

        WaitFor.condition(
                "both have a neighbour",
                () -> core.children().size() == 1
                        && core.children().keySet().iterator().next().status().isUp()
                        && theirCore.children().size() == 1
                        && theirCore
                                .children()
                                .keySet()
                                .iterator()
                                .next()
                                .status()
                                .isUp());
        assertTrue(core.children().keySet().iterator().next().policy().opensTunnel(), "it is called");
        assertTrue(!theirCore.children().keySet().iterator().next().policy().opensTunnel(), "it has called");
        send(core.children().keySet().iterator().next());
        send(theirCore.children().keySet().iterator().next());
        WaitFor.condition(
                "both have a packet",
                () -> core.children().values().iterator().next().count() == 1
                        && theirCore.children().values().iterator().next().count() == 1);

        them.close();
        MeshInterface called = core.children().keySet().iterator().next();
        WaitFor.condition(
                "the peer is called again and again",
                () -> called.status().failure().isPresent());
    }

    private static void send(MeshInterface child) {
        child.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        child.flush();
    }

    private FakeDaemon daemon(String answer) {
        FakeDaemon daemon = new FakeDaemon(folder.resolve("daemon"), answer);
        opened.add(0, daemon);
        return daemon;
    }

    private MeshInterface open(String name, Map<String, Object> extra) {
        Settings settings = Settings.of(
                        "interface.name",
                        name,
                        "admin.socket",
                        folder.resolve("daemon").toString(),
                        "listen.port",
                        port,
                        "check.interval.seconds",
                        1,
                        "reconnect.delay.seconds",
                        1,
                        "reconnect.delay.max.seconds",
                        1)
                .with(extra);
        MeshInterface ygg = new YggdrasilInterface(settings.as(YggdrasilConfig.class), settings.map(), time, time);
        opened.add(ygg);
        return ygg;
    }

    private Optional<Offer> offer(String address) {
        return Optional.of(new Offer("BackboneInterface", Map.of("port", (long) port, "reachable_on", address)));
    }

    private static void assertFails(String message, MeshInterface medium) {
        WaitFor.condition("it is down", () -> medium.status().failure().isPresent());
        Failure why = medium.status().failure().orElseThrow();
        assertEquals(message, why.message());
        assertTrue(!why.remedy().isBlank());
    }
}
