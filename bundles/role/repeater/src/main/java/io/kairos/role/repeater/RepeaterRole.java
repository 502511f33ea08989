package io.kairos.role.repeater;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * A repeater. It has radios and nothing else: no local network to be found on, no programs to serve, little memory. Its
 * radios are in full mode, because a repeater passes everything on.
 */
@Component(property = "service.ranking:Integer=300")
public final class RepeaterRole implements NodeRole {

    private static final String[] RADIOS = {"rnode", "rnode-multi", "kiss", "ax25", "serial"};

    private static final Map<String, Map<String, String>> DEFAULTS = Map.ofEntries(
            Map.entry("io.kairos.core.router", Map.of("forward", "true")),
            Map.entry("io.kairos.transport.auto", Map.of("enabled", "false")),
            Map.entry("io.kairos.transport.local", Map.of("enabled", "false")),
            Map.entry("io.kairos.transport.rnode", Map.of("mode", "full", "egress.control", "true")),
            Map.entry("io.kairos.transport.rnode.multi", Map.of("mode", "full", "egress.control", "true")),
            Map.entry("io.kairos.transport.serial", Map.of("mode", "full", "egress.control", "true")),
            Map.entry("io.kairos.transport.kiss", Map.of("mode", "full", "egress.control", "true")),
            Map.entry("io.kairos.transport.ax25", Map.of("mode", "full", "egress.control", "true")));

    @Override
    public String name() {
        return "repeater";
    }

    @Override
    public String purpose() {
        return "A repeater on a hill or roof: extends the reach of radios, alone and on little power";
    }

    @Override
    public Map<String, Map<String, String>> defaults() {
        return DEFAULTS;
    }

    @Override
    public int heapMegabytes() {
        return 64;
    }

    @Override
    public List<Finding> selfCheck(NodeView node) {
        List<Finding> findings = new ArrayList<>();
        if (!node.forwards()) {
            findings.add(Finding.error(
                    "this repeater does not forward, so it does nothing",
                    "Remove forward from etc/io.kairos.core.router.cfg."));
        }
        if (node.ofKind(RADIOS).isEmpty()) {
            findings.add(Finding.error(
                    "this is a repeater, but no radio is attached",
                    "Attach a radio and add it; iface:list -k tells which kinds this node knows."));
        } else if (!node.isUp(RADIOS)) {
            findings.add(Finding.error("no radio works", "iface:list tells why and what to do."));
        }
        return findings;
    }
}
