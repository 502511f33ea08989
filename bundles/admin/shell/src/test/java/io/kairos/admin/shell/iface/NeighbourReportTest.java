package io.kairos.admin.shell.iface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Node;
import io.kairos.api.transport.Neighbour;
import io.kairos.api.transport.Signal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeighbourReportTest {

    private static final Neighbour FAINT =
            new Neighbour("N0CALL-7", 3, 1_500, Node.ago(90), Optional.of(new Signal(-97, -4.25, Double.NaN)));
    private static final Neighbour LOUD = new Neighbour("198.51.100.7", 1, 20, Node.ago(4_000), Optional.empty());

    @Test
    void thoseHeardAreShownWithTimeAndSignal() {
        String text = new NeighbourReport(List.of(), List.of(FAINT, LOUD)).text(Node.NOW);

        assertEquals("""
                Neighbour     Packets  Received      Last heard  Signal
                ------------  -------  --------  --------------  ------------------
                N0CALL-7            3    1.5 kB  1 min 30 s ago  -97.0 dBm, -4.3 dB
                198.51.100.7        1      20 B   1 h 6 min ago  -
                """, text);
    }

    @Test
    void interfacesOfTheirOwnAreNeighboursToo() {
        NeighbourReport report = new NeighbourReport(List.of(Node.child("hub/peer", "hub")), List.of());

        assertTrue(report.text(Node.NOW).contains("hub/peer        10      5 kB"), report.text(Node.NOW));
    }

    @Test
    void whereNobodyIsKnownItSaysSo() {
        assertTrue(new NeighbourReport(List.of(), List.of()).text(Node.NOW).startsWith("Nobody has been heard"));
    }

    @Test
    void jsonHasWhatIsKnown() {
        String json = Json.write(new NeighbourReport(List.of(), List.of(FAINT)).json());

        assertTrue(json.contains("\"name\": \"N0CALL-7\""), json);
        assertTrue(json.contains("\"last_heard\": \"2025-12-31T23:58:30Z\""), json);
        assertTrue(json.contains("\"rssi_dbm\": -97.0"), json);
        assertTrue(json.contains("\"quality_percent\": null"), json);
    }
}
