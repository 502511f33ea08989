package io.kairos.core.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.health.Finding.Severity;
import io.kairos.api.health.Metric;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.Decision;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkHealthTest {

    @TempDir
    private Path folder;

    private static double value(TestNode node, String name, String label) {
        return new LinkHealth(node.endpoints, "main")
                .metrics().stream()
                        .filter(metric -> metric.name().equals(name)
                                && (label.isEmpty() || metric.labels().containsValue(label)))
                        .mapToDouble(Metric::value)
                        .sum();
    }

    @Test
    void linksAndTransfersAreCountedAtBothEnds() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        nodes.accepted().acceptResources(offer -> Decision.ACCEPT);
        ResourceTransfer sent = link.send(ResourceData.of(new byte[2000]), ResourceOptions.DEFAULT);
        nodes.until("it ends", Duration.ofMinutes(1), () -> sent.status() == ResourceTransfer.Status.COMPLETE);

        assertEquals(1, value(nodes.left, "kairos_link_open", ""));
        assertEquals(1, value(nodes.left, "kairos_link_links_total", "opened"));
        assertEquals(1, value(nodes.right, "kairos_link_links_total", "accepted"));
        assertEquals(1, value(nodes.left, "kairos_link_resources_total", "sent"));
        assertEquals(1, value(nodes.right, "kairos_link_resources_total", "received"));
    }

    @Test
    void whatIsMissingIsSaidWithARemedy() {
        TwoNodes nodes = new TwoNodes(folder);
        LinkHealth health = new LinkHealth(nodes.left.endpoints, "main");
        assertTrue(health.examine().stream().allMatch(finding -> finding.severity() == Severity.OK));

        nodes.left.door.unbind(nodes.left.router);

        assertEquals(Severity.ERROR, health.examine().get(0).severity());
    }

    @Test
    void aRequestThatNobodyAnswersIsCounted() {
        TwoNodes nodes = new TwoNodes(folder);
        nodes.line.cut(true);
        nodes.left.endpoints.connect(nodes.destination.address());
        nodes.pass(Duration.ofMinutes(2));

        assertEquals(1, value(nodes.left, "kairos_link_links_total", "unanswered"));
    }
}
