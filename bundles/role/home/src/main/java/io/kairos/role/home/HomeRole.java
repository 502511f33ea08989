package io.kairos.role.home;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * A node at home. The radio is a gateway: the node looks for what its neighbours ask for. The way to the Internet is a
 * boundary, so that what the wide world announces does not fill the radio.
 */
@Component(property = "service.ranking:Integer=400")
public final class HomeRole implements NodeRole {

    private static final String[] RADIOS = {"rnode", "rnode-multi", "kiss", "ax25", "serial"};
    private static final String[] UPLINKS = {"tcp-client", "i2p", "wireguard", "websocket", "satellite"};

    private static final Map<String, Map<String, String>> DEFAULTS = Map.ofEntries(
            Map.entry("io.kairos.core.router", Map.of("forward", "true")),
            Map.entry("io.kairos.transport.tcp.client", Map.of("mode", "boundary")),
            Map.entry("io.kairos.transport.rnode", Map.of("mode", "gateway", "egress.control", "true")),
            Map.entry("io.kairos.transport.rnode.multi", Map.of("mode", "gateway", "egress.control", "true")),
            Map.entry("io.kairos.transport.serial", Map.of("mode", "gateway", "egress.control", "true")),
            Map.entry("io.kairos.transport.kiss", Map.of("mode", "gateway", "egress.control", "true")),
            Map.entry("io.kairos.transport.ax25", Map.of("mode", "gateway", "egress.control", "true")));

    @Override
    public String name() {
        return "home";
    }

    @Override
    public String purpose() {
        return "A node at home: a radio for the neighbourhood and a way to the Internet";
    }

    @Override
    public Map<String, Map<String, String>> defaults() {
        return DEFAULTS;
    }

    @Override
    public int heapMegabytes() {
        return 96;
    }

    @Override
    public List<Finding> selfCheck(NodeView node) {
        List<Finding> findings = new ArrayList<>();
        if (!node.forwards()) {
            findings.add(Finding.warning(
                    "this node at home does not forward for its neighbours",
                    "Remove forward from etc/io.kairos.core.router.cfg, or take the role client: role:change client."));
        }
        boolean radio = !node.ofKind(RADIOS).isEmpty();
        boolean uplink = !node.ofKind(UPLINKS).isEmpty();
        if (!radio && !uplink) {
            findings.add(Finding.error(
                    "there is neither a radio nor a way to the Internet, so this node reaches only its local network",
                    "Attach a radio, or connect to a server: iface:example tcp-client shows how."));
        } else if (!radio) {
            findings.add(Finding.warning(
                    "no radio is attached: when the Internet is gone, the neighbourhood is out of reach",
                    "Attach a radio and add it; iface:list -k tells which kinds this node knows."));
        } else if (!uplink) {
            findings.add(Finding.warning(
                    "no way to the Internet is configured: this node reaches as far as its radio",
                    "Connect to a server: iface:example tcp-client shows how."));
        }
        if (radio && !node.isUp(RADIOS)) {
            findings.add(Finding.error("the radio does not work", "iface:list tells why and what to do."));
        }
        return findings;
    }
}
