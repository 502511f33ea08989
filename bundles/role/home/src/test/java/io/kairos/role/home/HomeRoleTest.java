package io.kairos.role.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.List;
import org.junit.jupiter.api.Test;

class HomeRoleTest {

    private static final NodeRole ROLE = new HomeRole();

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
        assertEquals("home", ROLE.name());
        assertEquals("true", ROLE.defaults().get("io.kairos.core.router").get("forward"));
        assertEquals(
                "boundary",
                ROLE.defaults().get("io.kairos.transport.tcp.client").get("mode"));
        assertEquals(96, ROLE.heapMegabytes());
    }

    @Test
    void itSaysWhatIsMissing() {
        assertEquals(List.of(), says(node(true, one("rnode", "gateway", true), one("tcp-client", "boundary", true))));
        assertEquals(
                List.of(
                        "ERROR there is neither a radio nor a way to the Internet, so this node reaches only its local network"),
                says(node(true, one("auto", "full", true))));
        assertEquals(
                List.of("WARNING no radio is attached: when the Internet is gone, the neighbourhood is out of reach"),
                says(node(true, one("tcp-client", "boundary", true))));
        assertEquals(
                List.of("WARNING no way to the Internet is configured: this node reaches as far as its radio"),
                says(node(true, one("rnode", "gateway", true))));
        assertEquals(
                List.of("ERROR the radio does not work"),
                says(node(true, one("rnode", "gateway", false), one("tcp-client", "boundary", true))));
        assertEquals(
                List.of("WARNING this node at home does not forward for its neighbours"),
                says(node(false, one("rnode", "gateway", true), one("tcp-client", "boundary", true))));
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
