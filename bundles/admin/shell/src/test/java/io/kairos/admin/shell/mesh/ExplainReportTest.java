package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Node;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.routing.PathTable.Explanation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplainReportTest {

    private static final Explanation CHOICE = new Explanation(
            Node.NEAR,
            "reticulum",
            "fewer hops and newer",
            Node.path(Node.NEAR, "lan", 1),
            List.of(Node.path(Node.HUB, "vps-eu", 3), Node.measured(Node.HUB, "lora", 4)));

    private static final KnownDestination KNOWN = new KnownDestination(
            Node.NEAR, Node.publicIdentity(7), Optional.empty(), Optional.of(new byte[32]), Node.ago(90));

    @Test
    void tellsWhichPathWhyAndWhatWouldChangeIt() {
        assertEquals(
                """
                Destination  00112233445566778899aabbccddeeff
                Identity     %s, announced 1 min 30 s ago, with rotating keys
                In use       1 hop over lan, heard directly
                Because      fewer hops and newer (strategy reticulum)
                Evidence     heard 1 min 30 s ago, never used, unknown, round trip unmeasured, loss unmeasured, 10 Mbit/s, full mode

                Other paths, best first:
                  Hops  Next hop                          Interface      Bit rate   Heard ago  Last use    Round trip        Loss
                  ----  --------------------------------  -----------  ----------  ----------  ----------  ----------  ----------
                     3  0123456789abcdef0123456789abcdef  vps-eu        10 Mbit/s  1 min 30 s  unknown     unmeasured  unmeasured
                     4  0123456789abcdef0123456789abcdef  lora (down)  1.2 kbit/s   1 h 1 min  responsive      1.23 s        25 %%

                What would change it:
                  - in 6 d 23 h (2026-01-07T23:58:30Z) it expires; then a newer announce may replace it even over more hops
                  - if lan goes down, the next in line is 3 hops over vps-eu, next 0123456789abcdef0123456789abcdef
                  - mesh:path -d 00112233445566778899aabbccddeeff forgets it and lets the network answer anew
                """.formatted(KNOWN.identity().hash().toHex()),
                new ExplainReport(CHOICE, Optional.of(KNOWN), Node.NOW).text());
    }

    @Test
    void saysSoWhereThereIsNoOtherWay() {
        Explanation lonely =
                new Explanation(Node.FAR, "reticulum", "the only one", Node.measured(Node.HUB, "lora", 4), List.of());
        String text = new ExplainReport(lonely, Optional.empty(), Node.NOW).text();

        assertTrue(
                text.contains("In use       4 hops over lora (down), next 0123456789abcdef0123456789abcdef\n"), text);
        assertTrue(
                text.contains(
                        "Evidence     heard 1 h 1 min ago, used 5 s ago, responsive, round trip 1.23 s, loss 25 %,"
                                + " 1.2 kbit/s, gateway mode, gravity 5, cost 2.5 per MB\n"),
                text);
        assertTrue(text.contains("No other path is known.\n"), text);
        assertTrue(text.contains("  - it has expired: the next announce may replace it even over more hops\n"), text);
        assertTrue(text.contains("  - if lora goes down, no other path is left\n"), text);
    }

    @Test
    void scriptsGetTheSame() {
        String json = Json.write(new ExplainReport(CHOICE, Optional.empty(), Node.NOW).json());

        assertTrue(json.startsWith("""
            {
              "destination": "00112233445566778899aabbccddeeff",
              "identity": null,
              "strategy": "reticulum",
              "reason": "fewer hops and newer",
              "in_use": {
                "next_hop": "00112233445566778899aabbccddeeff",
            """), json);
    }
}
