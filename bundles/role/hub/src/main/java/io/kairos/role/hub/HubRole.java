package io.kairos.role.hub;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * A community hub. Everything people connect to (radio, local network, listening port) is a gateway: the hub looks for what
 * they ask for. Its way to the backbone is a boundary, so that what the wide world announces does not fill the radio.
 */
@Component(property = "service.ranking:Integer=500")
public final class HubRole implements NodeRole {

    private static final String[] RADIOS = {"rnode", "rnode-multi", "kiss", "ax25", "serial"};
    private static final String[] UPLINKS = {"tcp-client", "i2p", "wireguard", "websocket", "satellite"};
    private static final String[] DOORS = {"auto", "tcp-server"};

    private static final Map<String, Map<String, String>> DEFAULTS = Map.ofEntries(
            Map.entry("io.kairos.core.router", Map.of("forward", "true")),
            Map.entry("io.kairos.transport.auto", Map.of("mode", "gateway")),
            Map.entry("io.kairos.transport.tcp.server", Map.of("mode", "gateway")),
            Map.entry("io.kairos.transport.tcp.client", Map.of("mode", "boundary")),
            Map.entry("io.kairos.transport.rnode", Map.of("mode", "gateway", "egress.control", "true")),
            Map.entry("io.kairos.transport.rnode.multi", Map.of("mode", "gateway", "egress.control", "true")),
            Map.entry("io.kairos.transport.serial", Map.of("mode", "gateway", "egress.control", "true")),
            Map.entry("io.kairos.transport.kiss", Map.of("mode", "gateway", "egress.control", "true")),
            Map.entry("io.kairos.transport.ax25", Map.of("mode", "gateway", "egress.control", "true")));

    @Override
    public String name() {
        return "hub";
    }

    @Override
    public String purpose() {
        return "A community hub: serves the devices of many people, radio and backbone at once";
    }

    @Override
    public Map<String, Map<String, String>> defaults() {
        return DEFAULTS;
    }

    @Override
    public int heapMegabytes() {
        return 256;
    }

    @Override
    public List<Finding> selfCheck(NodeView node) {
        List<Finding> findings = new ArrayList<>();
        if (!node.forwards()) {
            findings.add(Finding.error(
                    "this hub does not forward for others, so it serves nobody",
                    "Remove forward from etc/io.kairos.core.router.cfg."));
        }
        if (node.ofKind(RADIOS).isEmpty()) {
            findings.add(Finding.warning(
                    "this is a hub, but no radio is attached: without the Internet it reaches only its local network",
                    "Attach a radio and add it; iface:list -k tells which kinds this node knows."));
        } else if (!node.isUp(RADIOS)) {
            findings.add(Finding.error("the radio does not work", "iface:list tells why and what to do."));
        }
        if (!node.isUp(DOORS)) {
            findings.add(Finding.error(
                    "the devices of the people around have no way in: neither the local network nor a listening port works",
                    "Enable etc/io.kairos.transport.auto-lan.cfg, or add a port: iface:example tcp-server shows how."));
        }
        if (node.ofKind(UPLINKS).isEmpty()) {
            findings.add(Finding.warning(
                    "no backbone server is configured: the hub reaches as far as its radio",
                    "Connect to at least one server: iface:example tcp-client shows how."));
        }
        return findings;
    }
}
