package io.kairos.role.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubRoleTest {

    private static final NodeRole ROLE = new HubRole();

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
        assertEquals("hub", ROLE.name());
        assertEquals("true", ROLE.defaults().get("io.kairos.core.router").get("forward"));
        assertEquals("gateway", ROLE.defaults().get("io.kairos.transport.auto").get("mode"));
        assertEquals(256, ROLE.heapMegabytes());
    }

    @Test
    void itSaysWhatIsMissing() {
        assertEquals(
                List.of(),
                says(node(
                        true,
                        one("rnode", "gateway", true),
                        one("auto", "gateway", true),
                        one("tcp-client", "boundary", true))));
        assertEquals(
                List.of(
                        "WARNING this is a hub, but no radio is attached: without the Internet it reaches only its local network"),
                says(node(true, one("auto", "gateway", true), one("tcp-client", "boundary", true))));
        assertEquals(
                List.of(
                        "ERROR the devices of the people around have no way in: neither the local network nor a listening port works"),
                says(node(true, one("rnode", "gateway", true), one("tcp-client", "boundary", true))));
        assertEquals(
                List.of("WARNING no backbone server is configured: the hub reaches as far as its radio"),
                says(node(true, one("rnode", "gateway", true), one("tcp-server", "gateway", true))));
        assertEquals(
                List.of(
                        "ERROR this hub does not forward for others, so it serves nobody",
                        "ERROR the radio does not work"),
                says(node(
                        false,
                        one("rnode", "gateway", false),
                        one("auto", "gateway", true),
                        one("tcp-client", "boundary", true))));
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
