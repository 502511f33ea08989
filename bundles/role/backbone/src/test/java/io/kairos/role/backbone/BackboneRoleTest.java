package io.kairos.role.backbone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackboneRoleTest {

    private static final NodeRole ROLE = new BackboneRole();

    private static NodeView node(boolean forwards, NodeView.Interface... interfaces) {
        return new NodeView(List.of(interfaces), forwards, 128);
    }

    private static NodeView.Interface one(String kind, String mode, boolean up) {
        return new NodeView.Interface(kind + "0", kind, mode, true, up);
    }

    private static List<String> says(NodeView node) {
        return ROLE.selfCheck(node).stream()
                .map(finding -> finding.severity() + " " + finding.message())
                .toList();
    }

    @Test
    void itsDefaultsSayWhatItIsFor() {
        assertEquals("backbone", ROLE.name());
        assertEquals("true", ROLE.defaults().get("io.kairos.core.router").get("forward"));
        assertEquals(
                "gateway", ROLE.defaults().get("io.kairos.transport.tcp.server").get("mode"));
        assertEquals(512, ROLE.heapMegabytes());
    }

    @Test
    void itSaysWhatIsMissing() {
        assertEquals(List.of(), says(node(true, one("tcp-server", "gateway", true), one("tcp-client", "full", true))));
        assertEquals(
                List.of("ERROR no node can connect: there is no listening port"),
                says(node(true, one("tcp-client", "full", true))));
        assertEquals(
                List.of("WARNING this server knows no other: when it is lost, those who use it are alone"),
                says(node(true, one("tcp-server", "gateway", true))));
        assertEquals(
                List.of(
                        "ERROR the listening port does not work",
                        "WARNING auto0 looks for neighbours on the network of the data centre, which belongs to strangers"),
                says(node(
                        true,
                        one("tcp-server", "gateway", false),
                        one("tcp-client", "full", true),
                        one("auto", "full", true))));
        assertEquals(
                List.of("ERROR this server does not forward, so nobody gets through it"),
                says(node(false, one("tcp-server", "gateway", true), one("tcp-client", "full", true))));
    }

    @Test
    void whatIsSwitchedOffDoesNotCount() {
        NodeView off = new NodeView(
                List.of(
                        new NodeView.Interface("radio", "rnode", "full", false, true),
                        new NodeView.Interface("port", "tcp-server", "full", false, true),
                        new NodeView.Interface("peer", "tcp-client", "full", false, false)),
                true,
                128);
        assertFalse(ROLE.selfCheck(off).isEmpty());
        for (Finding finding : ROLE.selfCheck(off)) {
            assertFalse(finding.remedy().isBlank(), finding.message());
        }
    }
}
