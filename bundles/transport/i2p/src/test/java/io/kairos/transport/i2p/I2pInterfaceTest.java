package io.kairos.transport.i2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.WaitFor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class I2pInterfaceTest {

    private static final String NOBODY = "b".repeat(52) + ".b32.i2p";

    private final RealTime time = new RealTime();
    private final MemoryStore store = new MemoryStore();
    private final List<I2pInterface> opened = new ArrayList<>();
    private StubBridge bridge = new StubBridge();

    @AfterEach
    void endEverything() {
        opened.forEach(I2pInterface::close);
        bridge.close();
        time.close();
    }

    @Test
    void theAddressIsDrawnOnceAndKeptAsReticulumKeepsIt() {
        I2pInterface first = open("I2P", Map.of("connectable", true));
        awaitUp(first);
        first.close();
        I2pInterface second = open("I2P", Map.of("connectable", true));
        awaitUp(second);

        assertEquals(address(first), address(second));
        assertEquals(1, said("DEST GENERATE"));
        // SHA-256(SHA-256("I2P")), the first form of Reticulum's file names
        String document = "i2p/1773daac0b85211719376f2e5c589ff25b351b46012d5c39635f260b494853c6";
        String keys = new String(store.read(document).orElseThrow(), StandardCharsets.US_ASCII);
        assertEquals(address(first), Destination.ofPrivate(keys).base32());
    }

    @Test
    void keysThatAreThereAlreadyAreUsed() {
        String keys = bridge.newKeys();
        store.write(OwnKeys.document("I2P"), (keys + "\n").getBytes(StandardCharsets.US_ASCII));

        I2pInterface hidden = open("I2P", Map.of("connectable", true));
        awaitUp(hidden);

        assertEquals(Destination.ofPrivate(keys).base32(), address(hidden));
        assertEquals(0, said("DEST GENERATE"));
    }

    @Test
    void damagedKeysAreToldAndNotReplaced() {
        store.write(OwnKeys.document("I2P"), new byte[] {1, 2, 3});

        I2pInterface hidden = open("I2P", Map.of("connectable", true));

        assertDown(hidden, "no keys of I2P", Failure.Kind.STORAGE);
        assertEquals(3, store.read(OwnKeys.document("I2P")).orElseThrow().length);
    }

    @Test
    void aSessionOutlivesTheStreamThatEnds() {
        I2pInterface hidden = open("hidden", Map.of("connectable", true));
        awaitUp(hidden);
        I2pInterface caller = open("caller", Map.of("peers", address(hidden)));
        MeshInterface peer = peer(caller);
        WaitFor.condition("the peer is up", () -> peer.status().isUp());
        hidden.close();
        WaitFor.condition("the peer is down", () -> peer.status().state() == InterfaceState.DOWN);
        awaitUp(open("hidden", Map.of("connectable", true)));
        WaitFor.condition("the peer is up again", () -> peer.status().isUp());

        assertEquals(3, said("SESSION CREATE"), "two of the interface that came back, one of the caller");
    }

    @Test
    void aRouterThatHasForgottenTheSessionIsGivenAnother() {
        I2pInterface caller = open("caller", Map.of("peers", NOBODY));
        MeshInterface peer = peer(caller);
        assertDown(peer, "does not know the peer's address", Failure.Kind.PEER);
        bridge.forgetSessions();
        bridge.answer("NAMING LOOKUP", "NAMING REPLY RESULT=OK NAME=x VALUE=" + destination());

        WaitFor.condition("a second session", () -> said("SESSION CREATE") == 2);
    }

    @Test
    void theBridgeIsAwaited() {
        int port = bridge.port();
        bridge.close();
        I2pInterface hidden = open("hidden", Map.of("connectable", true, "bridge.port", port));
        assertDown(hidden, "where the SAM bridge of an I2P router should be", Failure.Kind.NETWORK);
        assertTrue(hidden.status().failure().orElseThrow().remedy().contains("apt install i2pd"));

        bridge = new StubBridge(port);
        awaitUp(hidden);
    }

    @Test
    void whoeverCallsOpensATunnelAndWhoeverIsCalledDoesNot() {
        I2pInterface hidden = open("hidden", Map.of("connectable", true));
        awaitUp(hidden);
        RecordingSink there = new RecordingSink();
        hidden.attach(there);
        I2pInterface caller = open("caller", Map.of("peers", address(hidden)));
        MeshInterface peer = peer(caller);
        WaitFor.condition(
                "both are up", () -> peer.status().isUp() && there.children().size() == 1);

        assertTrue(peer.policy().opensTunnel());
        assertFalse(there.children().keySet().iterator().next().policy().opensTunnel());
        assertFalse(caller.policy().opensTunnel());
    }

    @Test
    void failuresOfPeersNameNoAddress() {
        MeshInterface peer = peer(open("caller", Map.of("peers", NOBODY)));
        assertDown(peer, "does not know", Failure.Kind.PEER);

        assertFalse(peer.status().failure().orElseThrow().toText().contains("bbbb"));
        assertFalse(peer.name().contains("bbbb"));
    }

    @Test
    void hostileAnswersAreRefused() {
        for (String answer :
                List.of("A".repeat(10_000), "SSH-2.0-OpenSSH", "\u0001\u0002", "SESSION STATUS RESULT=OK")) {
            bridge.answer("HELLO", answer);
            assertDown(open("x", Map.of("peers", NOBODY)), "no SAM bridge", Failure.Kind.CONFIGURATION);
        }
    }

    @Test
    void addressesAreCheckedBeforeAnythingIsOpened() {
        for (String wrong : List.of("short.b32.i2p", "example.org", "A".repeat(512), "x y.i2p")) {
            assertDown(open("x", Map.of("peers", wrong)), "peers", Failure.Kind.CONFIGURATION);
        }
        assertDown(open("x", Map.of()), "reach nobody", Failure.Kind.CONFIGURATION);
        assertEquals(List.of(), bridge.heard());
    }

    @Test
    void tunnelsAreAskedForAsTheOperatorWants() {
        awaitUp(open("I2P", Map.of("connectable", true, "tunnel.hops", 0, "tunnel.quantity", 1)));

        assertEquals(1, said(" inbound.length=0 outbound.length=0 inbound.quantity=1 outbound.quantity=1"));
    }

    private I2pInterface open(String name, Map<String, Object> extra) {
        Settings settings = Settings.of(
                        "interface.name",
                        name,
                        "bridge.port",
                        bridge.port(),
                        "setup.delay.seconds",
                        1,
                        "reconnect.delay.seconds",
                        1)
                .with(extra);
        I2pInterface made = new I2pInterface(settings.as(I2pConfig.class), settings.map(), time, time, store);
        opened.add(made);
        return made;
    }

    private String destination() {
        return Destination.ofPrivate(bridge.newKeys()).base64();
    }

    private long said(String part) {
        return bridge.heard().stream().filter(line -> line.contains(part)).count();
    }

    private static String address(I2pInterface from) {
        return from.offer().orElseThrow().details().get("reachable_on").toString();
    }

    private static MeshInterface peer(I2pInterface of) {
        RecordingSink core = new RecordingSink();
        of.attach(core);
        WaitFor.condition("the peer is there", () -> !core.children().isEmpty());
        return core.children().keySet().iterator().next();
    }

    private static void awaitUp(MeshInterface waited) {
        WaitFor.condition("it is up", () -> waited.status().isUp());
    }

    private static void assertDown(MeshInterface waited, String part, Failure.Kind kind) {
        WaitFor.condition("it is down", () -> waited.status().state() == InterfaceState.DOWN);
        Failure failure = waited.status().failure().orElseThrow();
        assertTrue(failure.message().contains(part), failure.message());
        assertEquals(kind, failure.kind());
        assertFalse(failure.remedy().isBlank());
    }
}
