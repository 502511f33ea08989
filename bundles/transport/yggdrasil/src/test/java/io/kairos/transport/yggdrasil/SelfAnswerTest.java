package io.kairos.transport.yggdrasil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.failure.MeshException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelfAnswerTest {

    @Test
    void theAddressIsReadFromOldAndNewAnswers() {
        assertEquals(Optional.of("202:d50d:0:0:0:0:0:1"), address(FakeDaemon.says("202:d50d::1")));
        assertEquals(
                Optional.of("200:0:0:0:0:0:0:7"),
                address("{\"response\":{\"self\":{\"200::7\":{\"box_pub_key\":\"00\"}}},\"status\":\"success\"}"));
    }

    @Test
    void everythingElseIsNoAddress() {
        for (String wrong : List.of(
                "",
                "{}",
                "[]",
                "nonsense",
                "{\"response\":null}",
                "{\"response\":{\"address\":7}}",
                "{\"response\":{\"self\":{}}}",
                "{\"response\":{\"self\":{\"200::7\":1,\"200::8\":2}}}",
                FakeDaemon.says("2001:db8::1"),
                FakeDaemon.says("10.0.0.1"),
                FakeDaemon.says("::ffff:10.0.0.1"),
                FakeDaemon.says("::1"),
                FakeDaemon.says("200::1%eth0"),
                FakeDaemon.says("example.org"),
                FakeDaemon.says("200:"),
                FakeDaemon.says(""),
                "[".repeat(10_000),
                FakeDaemon.says("202::1") + "x")) {
            assertEquals(Optional.empty(), address(wrong), wrong.substring(0, Math.min(80, wrong.length())));
        }
    }

    @Test
    void placesOfTheDaemonAreOfThisMachine() {
        assertEquals(AdminAddress.USUAL, AdminAddress.of(" "));
        assertEquals(List.of(new AdminAddress("/run/y.sock", 0)), AdminAddress.of("unix:///run/y.sock"));
        assertEquals(List.of(new AdminAddress("/run/y.sock", 0)), AdminAddress.of("/run/y.sock"));
        assertEquals(List.of(new AdminAddress("", 9002)), AdminAddress.of("tcp://localhost:9002"));
        for (String wrong : List.of("tcp://example.org:9001", "tcp://127.0.0.1", "tcp://localhost:99999", "y.sock")) {
            assertThrows(MeshException.class, () -> AdminAddress.of(wrong), wrong);
        }
    }

    @Test
    void peersAreYggdrasilAddresses() {
        List<PeerAddress> peers = PeerAddress.all(new String[] {"202:d50d::1", " [203::2]:4343 ", ""}, 4242);
        assertEquals(
                List.of("[202:d50d:0:0:0:0:0:1]:4242", "[203:0:0:0:0:0:0:2]:4343"),
                peers.stream().map(PeerAddress::text).toList());
        for (String wrong : List.of("example.org", "2001:db8::1", "[202::1]:0", "[202::1]x", "10.0.0.1", "202::1:")) {
            assertThrows(MeshException.class, () -> PeerAddress.all(new String[] {wrong}, 4242), wrong);
        }
    }

    private static Optional<String> address(String answer) {
        return SelfAnswer.address(answer).map(found -> found.getHostAddress());
    }
}
