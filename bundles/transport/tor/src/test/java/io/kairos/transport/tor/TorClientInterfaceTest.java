package io.kairos.transport.tor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorClientInterfaceTest {

    private static final String ONION = "a".repeat(56) + ".onion";

    @TempDir
    Path folder;

    private final RealTime time = new RealTime();
    private StubTor tor;
    private TorClientInterface opened;

    @BeforeEach
    void startTor() {
        tor = new StubTor(folder);
    }

    @AfterEach
    void endEverything() {
        opened.close();
        tor.close();
        time.close();
    }

    @Test
    void interfacesAreKeptOnCircuitsOfTheirOwn() {
        open(Map.of("target.host", ONION));
        assertDown("does not find the onion service", Failure.Kind.PEER);
        opened.close();
        open(Map.of("target.host", ONION));
        assertDown("does not find the onion service", Failure.Kind.PEER);

        assertEquals(2, new HashSet<>(tor.users()).size(), "another name for each");
        assertNotEquals("", tor.users().get(0));
    }

    @Test
    void withoutIsolationNoNameIsSent() {
        open(Map.of("target.host", ONION, "isolation", false));
        assertDown("does not find the onion service", Failure.Kind.PEER);

        assertEquals(0, tor.users().size());
    }

    @Test
    void namesAreHandedToTorUnresolved() {
        open(Map.of("target.host", "no-such-host.invalid"));
        assertDown("Tor cannot reach the host", Failure.Kind.PEER);

        assertEquals("no-such-host.invalid", tor.asked().get(0));
    }

    @Test
    void extendedErrorsOfTorAreTold() {
        tor.refusal = 0xF0;
        open(Map.of("target.host", ONION));

        assertDown("finds no descriptor", Failure.Kind.PEER);
    }

    @Test
    void withoutTorItSaysWhatToInstall() {
        tor.close();
        open(Map.of("target.host", ONION));

        assertDown("where tor's SOCKS port should be", Failure.Kind.NETWORK);
    }

    @Test
    void somethingElseOnThePortIsTold() throws IOException {
        try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            open(Map.of("target.host", ONION, "proxy.port", web.getLocalPort()));
            try (Socket client = web.accept()) {
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII));
                assertDown("is no SOCKS 5 proxy", Failure.Kind.CONFIGURATION);
            }
        }
    }

    @Test
    void anOnionAddressIsCheckedBeforeAnythingIsOpened() {
        open(Map.of("target.host", "abc.onion"));

        assertDown("target.host is no onion address", Failure.Kind.CONFIGURATION);
        assertEquals(0, tor.asked().size());
    }

    private void open(Map<String, Object> extra) {
        Settings settings = Settings.of("interface.name", "cli", "proxy.port", tor.socksPort())
                .with(extra);
        opened = new TorClientInterface(settings.as(TorClientConfig.class), settings.map(), time, time);
    }

    private void assertDown(String part, Failure.Kind kind) {
        WaitFor.condition("it is down", () -> opened.status().state() == InterfaceState.DOWN);
        Failure failure = opened.status().failure().orElseThrow();
        assertTrue(failure.message().contains(part), failure.message());
        assertEquals(kind, failure.kind());
        assertTrue(!failure.message().contains(ONION) && !failure.remedy().isBlank());
    }
}
