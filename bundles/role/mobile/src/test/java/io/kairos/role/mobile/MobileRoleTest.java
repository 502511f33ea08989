package io.kairos.role.mobile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.List;
import org.junit.jupiter.api.Test;

class MobileRoleTest {

    private static final NodeRole ROLE = new MobileRole();

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
        assertEquals("mobile", ROLE.name());
        assertEquals("true", ROLE.defaults().get("io.kairos.core.router").get("forward"));
        assertEquals("roaming", ROLE.defaults().get("io.kairos.transport.rnode").get("mode"));
        assertEquals(64, ROLE.heapMegabytes());
    }

    @Test
    void itSaysWhatIsMissing() {
        assertEquals(List.of(), says(node(true, one("rnode", "roaming", true), one("auto", "gateway", true))));
        assertEquals(
                List.of("WARNING no radio is attached: it relays only between the devices of its local network"),
                says(node(true, one("auto", "gateway", true))));
        assertEquals(
                List.of(
                        "WARNING rnode0 has the mode full: others keep paths over this relay for days after it has left"),
                says(node(true, one("rnode", "full", true))));
        assertEquals(
                List.of(
                        "ERROR this relay does not forward, so it serves only its own programs",
                        "ERROR the radio does not work"),
                says(node(false, one("rnode", "roaming", false))));
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
