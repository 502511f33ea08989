package io.kairos.role.backbone;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * A server of the backbone. Nodes that connect to it are behind gateways; other servers are its equals. It never looks for
 * neighbours on the network of the data centre, which belongs to strangers.
 */
@Component(property = "service.ranking:Integer=600")
public final class BackboneRole implements NodeRole {

    private static final String[] DOORS = {"tcp-server", "websocket-server"};
    private static final String[] OTHERS = {"tcp-client", "wireguard", "websocket"};

    private static final Map<String, Map<String, String>> DEFAULTS = Map.ofEntries(
            Map.entry("io.kairos.core.router", Map.of("forward", "true")),
            Map.entry("io.kairos.transport.auto", Map.of("enabled", "false")),
            Map.entry("io.kairos.transport.tcp.server", Map.of("mode", "gateway")),
            Map.entry("io.kairos.transport.tcp.client", Map.of("mode", "full")));

    @Override
    public String name() {
        return "backbone";
    }

    @Override
    public String purpose() {
        return "A server in a data centre: many nodes connect to it, and it to other servers";
    }

    @Override
    public Map<String, Map<String, String>> defaults() {
        return DEFAULTS;
    }

    @Override
    public int heapMegabytes() {
        return 512;
    }

    @Override
    public List<Finding> selfCheck(NodeView node) {
        List<Finding> findings = new ArrayList<>();
        if (!node.forwards()) {
            findings.add(Finding.error(
                    "this server does not forward, so nobody gets through it",
                    "Remove forward from etc/io.kairos.core.router.cfg."));
        }
        if (node.ofKind(DOORS).isEmpty()) {
            findings.add(Finding.error(
                    "no node can connect: there is no listening port", "Add one: iface:example tcp-server shows how."));
        } else if (!node.isUp(DOORS)) {
            findings.add(Finding.error("the listening port does not work", "iface:list tells why and what to do."));
        }
        if (node.ofKind(OTHERS).isEmpty()) {
            findings.add(Finding.warning(
                    "this server knows no other: when it is lost, those who use it are alone",
                    "Connect it to a server in another place: iface:example tcp-client shows how."));
        }
        node.ofKind("auto")
                .forEach(lan -> findings.add(Finding.warning(
                        "%s looks for neighbours on the network of the data centre, which belongs to strangers"
                                .formatted(lan.name()),
                        "iface:down %s".formatted(lan.name()))));
        return findings;
    }
}
