package io.kairos.transport.tor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.WaitFor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorServerInterfaceTest {

    @TempDir
    Path folder;

    private final RealTime time = new RealTime();
    private final MemoryStore store = new MemoryStore();
    private StubTor tor;
    private TorServerInterface opened;

    @BeforeEach
    void startTor() {
        tor = new StubTor(folder);
    }

    @AfterEach
    void endEverything() {
        if (opened != null) {
            opened.close();
        }
        tor.close();
        time.close();
    }

    @Test
    void theAddressIsDrawnOnceAndKept() {
        open(Map.of());
        awaitUp();
        String first = address();
        opened.close();
        open(Map.of());
        awaitUp();

        assertEquals(first, address());
        assertEquals(
                1,
                tor.heard().stream()
                        .filter(line -> line.contains("NEW:ED25519-V3"))
                        .count());
        assertTrue(first.matches("[a-z2-7]{56}\\.onion"));
        String kept = new String(store.read(OnionKeys.document("onion")).orElseThrow(), StandardCharsets.US_ASCII);
        assertTrue(kept.startsWith("ED25519-V3:") && kept.endsWith(first.replace(".onion", "\n")));
    }

    @Test
    void aTorThatIsStartedAnewIsGivenTheServiceAgain() {
        open(Map.of());
        awaitUp();
        String first = address();
        int socks = tor.socksPort();
        int control = tor.controlPort();
        tor.close();
        WaitFor.condition("it is down", () -> opened.status().state() == InterfaceState.DOWN);

        tor = new StubTor(folder, socks, control);
        awaitUp();

        assertEquals(first, address());
    }

    @Test
    void whileItIsBeingPublishedItSaysSo() {
        tor.publishes = false;
        open(Map.of("publish.timeout.seconds", 60));

        WaitFor.condition(
                "it says so",
                () -> opened.status()
                        .failure()
                        .filter(why -> why.message().startsWith("tor publishes the onion service"))
                        .isPresent());
        assertEquals(InterfaceState.STARTING, opened.status().state());
    }

    @Test
    void withoutTorItSaysWhatToInstall() {
        tor.close();
        open(Map.of());

        assertDown("Nothing listens on 127.0.0.1", Failure.Kind.NETWORK);
        assertTrue(failure().remedy().contains("apt install tor"));
    }

    @Test
    void aRefusedAuthenticationIsTold() {
        tor.methods = "HASHEDPASSWORD";
        tor.password = "secret";
        open(Map.of("control.password", "wrong"));

        assertDown("tor refuses the authentication", Failure.Kind.CONFIGURATION);
    }

    @Test
    void aPasswordIsQuoted() {
        tor.methods = "HASHEDPASSWORD";
        tor.password = "a \"b";
        open(Map.of("control.password", "a \"b"));

        awaitUp();
    }

    @Test
    void whoeverPosesAsTorDoesNotGetTheCookie() {
        tor.knowsTheCookie = false;
        open(Map.of());

        assertDown("does not know tor's cookie", Failure.Kind.POLICY);
        assertFalse(tor.heard().stream().anyMatch(line -> line.startsWith("AUTHENTICATE")));
    }

    @Test
    void theCookieItselfIsSentOnlyWhereTheOperatorNamesTheFile() {
        tor.methods = "COOKIE";
        open(Map.of());
        assertDown("offers no way", Failure.Kind.CONFIGURATION);
        opened.close();

        open(Map.of("control.cookie.file", tor.cookieFile().toString()));
        awaitUp();
    }

    @Test
    void aCookieThatCannotBeReadIsTold() throws Exception {
        Files.delete(tor.cookieFile());
        open(Map.of());

        assertDown("cannot be read", Failure.Kind.CONFIGURATION);
        assertTrue(failure().remedy().contains("debian-tor"));
    }

    @Test
    void anAddressThatIsInUseIsTold() {
        open(Map.of());
        awaitUp();
        TorServerInterface first = opened;
        open(Map.of());
        try {
            assertDown("has an onion service with this interface's key already", Failure.Kind.CONFIGURATION);
        } finally {
            first.close();
        }
    }

    @Test
    void whatTorSaysInsteadOfAnAddressIsNotBelieved() {
        tor.addAnswer = Optional.of("250 ServiceID=../../etc/passwd");
        open(Map.of());

        assertDown("an onion service without address", Failure.Kind.CONFIGURATION);
        assertEquals(List.of(), store.list(""));
    }

    @Test
    void theAddressIsOfferedButNotAsOneToConnectToByItself() {
        open(Map.of("onion.port", 4_711));
        awaitUp();

        assertEquals("TCPServerInterface", opened.offer().orElseThrow().kind());
        assertEquals(4_711L, opened.offer().orElseThrow().details().get("port"));
        assertEquals(1, opened.endpoints().size());
    }

    @Test
    void withoutTheStoreNothingIsDrawn() {
        Settings settings = Settings.of("interface.name", "onion", "control.port", tor.controlPort());
        opened = new TorServerInterface(settings.as(TorServerConfig.class), settings.map(), time, time);
        assertDown("store", Failure.Kind.STORAGE);
        assertEquals(List.of(), tor.heard());

        opened.setStore(store);
        awaitUp();
    }

    private void open(Map<String, Object> extra) {
        Settings settings = Settings.of(
                        "interface.name", "onion", "control.port", tor.controlPort(), "reconnect.delay.seconds", 1)
                .with(extra);
        opened = new TorServerInterface(settings.as(TorServerConfig.class), settings.map(), time, time, store);
    }

    private String address() {
        return opened.offer().orElseThrow().details().get("reachable_on").toString();
    }

    private void awaitUp() {
        WaitFor.condition(
                "it is up, it is " + opened.status(), () -> opened.status().isUp());
    }

    private void assertDown(String part, Failure.Kind kind) {
        WaitFor.condition("it is down", () -> opened.status().state() == InterfaceState.DOWN);
        assertTrue(failure().message().contains(part), failure().message());
        assertEquals(kind, failure().kind());
    }

    private Failure failure() {
        return opened.status().failure().orElseThrow();
    }
}
