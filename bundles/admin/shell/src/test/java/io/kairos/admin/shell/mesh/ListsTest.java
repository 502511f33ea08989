package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Node;
import io.kairos.api.identity.Blackholed;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.routing.Router.AnnounceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListsTest {

    @Test
    void announcesTellWhetherTheyChangedThePath() {
        AnnounceReport report = new AnnounceReport(Node.NOW);
        List<AnnounceView> heard = List.of(
                new AnnounceView(Node.NEAR, 1, "lan", Node.ago(3), false, true),
                new AnnounceView(Node.FAR, 12, "lora", Node.ago(4000), true, false));

        assertEquals("""
                  Ago  Destination                       Hops  Interface  What      Path
            ---------  --------------------------------  ----  ---------  --------  --------------
                  3 s  00112233445566778899aabbccddeeff     1  lan        announce  used
            1 h 6 min  ffeeddccbbaa99887766554433221100    12  lora       answer    kept as before
            """, report.text(heard));
        assertEquals("""
            [
              {
                "heard": "2025-12-31T23:59:57Z",
                "destination": "00112233445566778899aabbccddeeff",
                "hops": 1,
                "interface": "lan",
                "path_response": false,
                "accepted": true
              }
            ]\
            """, Json.write(report.json(heard.subList(0, 1))));
    }

    @Test
    void linksTellWhoOpenedThemAndHowTheyAre() {
        List<Link> links = List.of(link(Node.NEAR, true, 5), link(Node.FAR, false, 4000));

        assertEquals("""
            Link                              Opened by      State   Hops  Interface  Round trip        Age  Silent  Received   Sent
            --------------------------------  -------------  ------  ----  ---------  ----------  ---------  ------  --------  -----
            ffeeddccbbaa99887766554433221100  the other end  active     2  vps-eu          87 ms  1 h 6 min     3 s      2 kB  100 B
            00112233445566778899aabbccddeeff  this node      active     2  vps-eu          87 ms        5 s     3 s      2 kB  100 B
            """, LinkReport.text(links));
        String json = Json.write(LinkReport.json(links));
        assertTrue(json.contains("\"round_trip_ms\": 87.0"), json);
        assertTrue(
                json.contains("\"remote_identity\": \""
                        + Node.publicIdentity(1).hash().toHex() + "\""),
                json);
    }

    @Test
    void destinationsTellWhoseTheyAre() {
        List<LocalDestination> open = List.of(destination("rnstransport.probe", 1, 1234));

        assertEquals("""
            Name                Destination                       Type    Identity  Links  Proofs  Packets
            ------------------  --------------------------------  ------  --------  -----  ------  -------
            rnstransport.probe  0123456789abcdef0123456789abcdef  single  node      yes    all       1,234
            mesh:announce <name> tells the mesh of one of them.
            """, DestinationReport.text(open));
        assertTrue(Json.write(DestinationReport.json(open)).contains("\"received_packets\": 1234"));
    }

    @Test
    void refusalsTellTheLargestFirst() {
        assertEquals("""
            Reason     Packets
            ---------  -------
            duplicate    1,234
            malformed       12
            """, RefusalReport.text(Map.of("malformed", 12L, "duplicate", 1234L, "hops", 0L)));
    }

    @Test
    void refusedIdentitiesTellUntilWhenAndWhy() {
        List<Blackholed> refused = List.of(new Blackholed(
                Node.SOMEBODY, Node.publicIdentity(1).hash(), Optional.of(Node.NOW + 7_200_000), Optional.of("spam")));
        String source = Node.publicIdentity(1).hash().toHex();

        assertEquals("""
            Identity                          Until   Listed by                         Reason
            --------------------------------  ------  --------------------------------  ------
            aaaabbbbccccddddeeeeffff00001111  in 2 h  %s  spam
            """.formatted(source), new BlackholeReport(Node.NOW).text(refused));
        assertTrue(Json.write(BlackholeReport.json(refused)).contains("\"until\": \"2026-01-01T02:00:00Z\""));
    }

    @Test
    void anEmptyListSaysWhatToDoNext() {
        for (String text : List.of(
                new AnnounceReport(Node.NOW).text(List.of()),
                LinkReport.text(List.of()),
                DestinationReport.text(List.of()),
                new BlackholeReport(Node.NOW).text(List.of()))) {
            assertTrue(text.contains("\n  → "), text);
        }
        assertEquals("Nothing was refused or dropped since the start.\n", RefusalReport.text(Map.of()));
        assertEquals("[]", Json.write(LinkReport.json(List.of())));
    }

    static LocalDestination destination(String name, int identity, long packets) {
        return Node.fake(LocalDestination.class, (method, arguments) -> switch (method) {
            case "address" -> Node.HUB;
            case "settings" -> Node.single(name, Node.identity("node", identity));
            case "receivedPackets" -> packets;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static Link link(io.kairos.api.packet.DestinationHash id, boolean initiator, long ageSeconds) {
        return Node.fake(Link.class, (method, arguments) -> switch (method) {
            case "id" -> id;
            case "destination" -> Node.HUB;
            case "state" -> Link.State.ACTIVE;
            case "isInitiator" -> initiator;
            case "roundTrip" -> Duration.ofMillis(87);
            case "mtu" -> 500;
            case "hops" -> 2;
            case "interfaceName" -> "vps-eu";
            case "age" -> Duration.ofSeconds(ageSeconds);
            case "silence" -> Duration.ofSeconds(3);
            case "traffic" -> new Link.Traffic(2000, 100);
            case "remoteIdentity" -> Optional.of(Node.publicIdentity(1));
            default -> throw new UnsupportedOperationException(method);
        });
    }
}
