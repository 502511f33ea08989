package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Node;
import io.kairos.api.routing.PathTable.PathView;
import io.kairos.api.routing.PathTable.RateView;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathReportTest {

    private static final PathView NEAR = new PathView(Node.NEAR, Node.path(Node.NEAR, "lan", 1));
    private static final PathView FAR = new PathView(Node.FAR, Node.measured(Node.HUB, "lora", 4));

    private final PathReport report = new PathReport(Node.NOW);

    @Test
    void showsTheNearestFirst() {
        assertEquals("""
            Destination                       Hops  Next hop                          Interface     Heard ago  Expires in  Last use
            --------------------------------  ----  --------------------------------  -----------  ----------  ----------  ----------
            00112233445566778899aabbccddeeff     1  direct                            lan          1 min 30 s    6 d 23 h  unknown
            ffeeddccbbaa99887766554433221100     4  0123456789abcdef0123456789abcdef  lora (down)   1 h 1 min        over  responsive
            2 paths. mesh:explain <destination> tells why.
            """, report.text(PathReport.sorted(List.of(FAR, NEAR), 255)));
    }

    @Test
    void leavesOutWhatIsTooFarAway() {
        assertEquals(List.of(NEAR), PathReport.sorted(List.of(FAR, NEAR), 3));
    }

    @Test
    void anEmptyTableSaysHowPathsCome() {
        assertEquals("""
            No path is known yet.
              → Paths come with announces, see mesh:announces; ask for one with mesh:path <destination>.
            """, report.text(List.of()));
    }

    @Test
    void scriptsGetTimesAsIsoAndWhatIsUnmeasuredAsNull() {
        assertEquals("""
            [
              {
                "next_hop": "00112233445566778899aabbccddeeff",
                "interface": "lan",
                "interface_up": true,
                "hops": 1,
                "heard": "2025-12-31T23:58:30Z",
                "used": null,
                "expires": "2026-01-07T23:58:30Z",
                "responsiveness": "unknown",
                "mode": "full",
                "gravity": 0,
                "bits_per_second": 10000000,
                "cost_per_megabyte": 0.0,
                "round_trip_ms": null,
                "loss_share": null,
                "destination": "00112233445566778899aabbccddeeff"
              }
            ]\
            """, Json.write(report.json(List.of(NEAR))));
    }

    @Test
    void ratesTellWhoAnnouncesTooOften() {
        RateView calm = new RateView(Node.NEAR, Node.ago(10), 0, 0, List.of(Node.ago(7210), Node.ago(10)));
        RateView loud = new RateView(Node.FAR, Node.ago(5), 6, Node.NOW + 60_000, List.of(Node.ago(5)));

        assertEquals("""
            Destination                       Last ago  Counted  Per hour  Too early  Repeated
            --------------------------------  --------  -------  --------  ---------  --------------
            ffeeddccbbaa99887766554433221100       5 s        1         -          6  again in 1 min
            00112233445566778899aabbccddeeff      10 s        2       0.5          0  yes
            """, report.ratesText(List.of(calm, loud)));
        assertEquals("""
            [
              {
                "destination": "ffeeddccbbaa99887766554433221100",
                "last": "2025-12-31T23:59:55Z",
                "violations": 6,
                "blocked": true,
                "blocked_until": "2026-01-01T00:01:00Z",
                "timestamps": [
                  "2025-12-31T23:59:55Z"
                ]
              }
            ]\
            """, Json.write(report.ratesJson(List.of(loud))));
    }
}
