package io.kairos.role.mobile;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * A relay that is carried. What it meets on its way is roaming, so that others forget it soon after it has left; what moves
 * along with it (the devices around) is a gateway.
 */
@Component(property = "service.ranking:Integer=200")
public final class MobileRole implements NodeRole {

    private static final String[] RADIOS = {"rnode", "rnode-multi", "kiss", "ax25", "serial"};

    private static final Map<String, Map<String, String>> DEFAULTS = Map.ofEntries(
            Map.entry("io.kairos.core.router", Map.of("forward", "true")),
            Map.entry("io.kairos.transport.auto", Map.of("mode", "gateway")),
            Map.entry("io.kairos.transport.tcp.server", Map.of("mode", "gateway")),
            Map.entry("io.kairos.transport.tcp.client", Map.of("mode", "roaming")),
            Map.entry("io.kairos.transport.rnode", Map.of("mode", "roaming", "egress.control", "true")),
            Map.entry("io.kairos.transport.rnode.multi", Map.of("mode", "roaming", "egress.control", "true")),
            Map.entry("io.kairos.transport.serial", Map.of("mode", "roaming", "egress.control", "true")),
            Map.entry("io.kairos.transport.kiss", Map.of("mode", "roaming", "egress.control", "true")),
            Map.entry("io.kairos.transport.ax25", Map.of("mode", "roaming", "egress.control", "true")));

    @Override
    public String name() {
        return "mobile";
    }

    @Override
    public String purpose() {
        return "A relay that is carried: radio and local devices, on the move, on battery";
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
                    "this relay does not forward, so it serves only its own programs",
                    "Remove forward from etc/io.kairos.core.router.cfg."));
        }
        if (node.ofKind(RADIOS).isEmpty()) {
            findings.add(Finding.warning(
                    "no radio is attached: it relays only between the devices of its local network",
                    "Attach a radio and add it; iface:list -k tells which kinds this node knows."));
        } else if (!node.isUp(RADIOS)) {
            findings.add(Finding.error("the radio does not work", "iface:list tells why and what to do."));
        }
        node.ofKind(RADIOS).stream()
                .filter(radio -> !radio.mode().equals("roaming"))
                .forEach(radio -> findings.add(Finding.warning(
                        "%s has the mode %s: others keep paths over this relay for days after it has left"
                                .formatted(radio.name(), radio.mode()),
                        "Remove mode from the settings of %s, so that roaming holds.".formatted(radio.name()))));
        return findings;
    }
}
