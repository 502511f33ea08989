package io.kairos.role.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientRoleTest {

    private static final NodeRole ROLE = new ClientRole();

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
        assertEquals("client", ROLE.name());
        assertEquals("false", ROLE.defaults().get("io.kairos.core.router").get("forward"));
        assertEquals(64, ROLE.heapMegabytes());
    }

    @Test
    void itSaysWhatIsMissing() {
        assertEquals(List.of(), says(node(false, one("tcp-client", "full", true))));
        assertEquals(
                List.of("WARNING this personal device forwards for others, which costs battery and traffic"),
                says(node(true, one("tcp-client", "full", true))));
        assertEquals(
                List.of("ERROR no interface works, so the mesh cannot be reached"),
                says(node(false, one("tcp-client", "full", false))));
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
