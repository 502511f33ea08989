package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Node;
import io.kairos.api.failure.MeshException;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceCounters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusReportTest {

    private static final InterfaceView SERVER =
            Node.up("village", "tcp-server", new InterfaceCounters(3456, 1_234_567, 1, 500, 0, 0, 0));
    private static final InterfaceView CLIENT = Node.down(
            "vps-eu", "tcp-client", "Nothing listens on eu.example.net:4242.", "Start the node there; it tries again.");

    private final FakeRouter router = new FakeRouter(
            SERVER, Node.child("Client on village/1", "village"), Node.child("Client on village/2", "village"), CLIENT);

    @Test
    void showsTheNodeThenEachInterfaceWithWhatIsWrong() {
        Rates rates = view -> view == SERVER ? Optional.of(new Rates.Rate(1100, 2, 0, 0)) : Optional.empty();

        assertEquals("""
            Network main: forwards for others, up 2 h 5 min
              Transport id  0123456789abcdef0123456789abcdef
              For others    12,345 packets forwarded, 1 link passing through

            village (tcp-server) UP, added 2 h 5 min ago
              Medium      full mode, 10 Mbit/s, packets up to 8.2 kB, closed by an access code
              Received    1.2 MB in 3,456 packets, now 1.1 kB/s in 2.0 packets/s
              Sent        500 B in 1 packet, now 0 B/s in 0.0 packets/s
              Announces   0.3/s in, 12/s out, 2 held back, 3 queued
              Neighbours  2 (mesh:status -a lists them)

            vps-eu (tcp-client) DOWN
              Nothing listens on eu.example.net:4242.
                → Start the node there; it tries again.
              Medium      full mode, 10 Mbit/s, packets up to 8.2 kB, closed by an access code
              Received    0 B in 0 packets
              Sent        0 B in 0 packets
              Announces   0.3/s in, 12/s out, 2 held back, 3 queued
            """, report(rates).text(Optional.empty(), false));
    }

    @Test
    void listsNeighboursWhereAllIsWanted() {
        assertEquals(
                """
                  Neighbours  2
                    Neighbour            State   Bit rate  Received  Packets    Sent  Packets
                    -------------------  -----  ---------  --------  -------  ------  -------
                    Client on village/1  UP     10 Mbit/s      5 kB       10  2.5 kB       20
                    Client on village/2  UP     10 Mbit/s      5 kB       10  2.5 kB       20
                """,
                report(Rates.UNKNOWN)
                        .text(Optional.of("village"), true)
                        .lines()
                        .dropWhile(line -> !line.startsWith("  Neighbours"))
                        .limit(5)
                        .reduce("", (all, line) -> all + line + "\n"));
    }

    @Test
    void aNodeWithoutInterfacesSaysWhatToDo() {
        String text =
                new StatusReport(List.of(new FakeRouter()), Rates.UNKNOWN, Node.NOW).text(Optional.empty(), false);

        assertTrue(text.contains("No interface is configured yet"), text);
        assertTrue(text.contains("→ See what a settings file looks like with iface:example tcp-client"), text);
    }

    @Test
    void anUnknownNameIsAFailureThatListsTheKnownOnes() {
        MeshException unknown =
                assertThrows(MeshException.class, () -> report(Rates.UNKNOWN).text(Optional.of("lora"), false));

        assertEquals(
                "There is no interface 'lora'.\n  → There is: village, vps-eu.",
                unknown.failure().toText());
    }

    @Test
    void aPartOfTheNameIsEnoughUnlessOneIsCalledExactlySo() {
        assertTrue(report(Rates.UNKNOWN).text(Optional.of("vps"), false).contains("vps-eu (tcp-client)"));
        assertFalse(report(Rates.UNKNOWN).text(Optional.of("village"), false).contains("Client on village/1 ("));
    }

    @Test
    void droppedPacketsAreShownWhereThereAreAny() {
        InterfaceView lossy = Node.up("lora", "rnode", new InterfaceCounters(0, 0, 0, 0, 5, 0, 1234));
        String text =
                new StatusReport(List.of(new FakeRouter(lossy)), Rates.UNKNOWN, Node.NOW).text(Optional.empty(), false);

        assertTrue(text.contains("  Dropped     5 outgoing, 0 incoming, 1,234 malformed\n"), text);
    }

    @Test
    void scriptsGetEverythingAsJson() throws Exception {
        JsonNode json =
                new ObjectMapper().readTree(Json.write(report(Rates.UNKNOWN).json(Optional.empty())));

        JsonNode node = json.get(0);
        assertEquals("main", node.get("network").asText());
        assertEquals(7500, node.get("uptime_seconds").asInt());
        assertEquals(4, node.get("interfaces").size());
        JsonNode server = node.get("interfaces").get(0);
        assertEquals("up", server.get("state").asText());
        assertEquals(1_234_567, server.get("received_bytes").asLong());
        assertTrue(server.get("received_bytes_per_second").isNull());
        assertEquals("village", node.get("interfaces").get(1).get("parent").asText());
        JsonNode failure = node.get("interfaces").get(3).get("failure");
        assertEquals("network", failure.get("kind").asText());
        assertEquals(
                "Start the node there; it tries again.", failure.get("remedy").asText());
    }

    private StatusReport report(Rates rates) {
        return new StatusReport(List.of(router), rates, Node.NOW);
    }
}
