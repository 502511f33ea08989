package io.kairos.role.client;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * A personal device. It forwards nothing, so that its battery and its connection serve its owner; Reticulum programs on the
 * same machine are served all the same.
 */
@Component(property = "service.ranking:Integer=100")
public final class ClientRole implements NodeRole {

    private static final Map<String, Map<String, String>> DEFAULTS =
            Map.ofEntries(Map.entry("io.kairos.core.router", Map.of("forward", "false")));

    @Override
    public String name() {
        return "client";
    }

    @Override
    public String purpose() {
        return "A personal device: uses the mesh for its own programs and forwards nothing for others";
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
        if (node.forwards()) {
            findings.add(Finding.warning(
                    "this personal device forwards for others, which costs battery and traffic",
                    "Remove forward from etc/io.kairos.core.router.cfg, or take the role home: role:change home."));
        }
        if (node.interfaces().stream().noneMatch(NodeView.Interface::up)) {
            findings.add(Finding.error(
                    "no interface works, so the mesh cannot be reached",
                    "iface:list tells why. Where nobody else is in the local network, connect to a hub:"
                            + " iface:example tcp-client shows how."));
        }
        return findings;
    }
}
