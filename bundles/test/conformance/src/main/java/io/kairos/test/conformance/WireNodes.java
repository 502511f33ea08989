package io.kairos.test.conformance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The nodes of the wire family by handle. */
final class WireNodes {

    private final Nodes nodes;
    private final Map<String, WireNode> byHandle = new ConcurrentHashMap<>();

    WireNodes(Nodes nodes) {
        this.nodes = nodes;
    }

    String keep(WireNode node) {
        String handle = nodes.keep(node.node);
        byHandle.put(handle, node);
        return handle;
    }

    WireNode of(Parameters parameters) {
        WireNode node = byHandle.get(parameters.text("handle"));
        if (node == null) {
            throw new IllegalArgumentException("no node has the handle " + parameters.text("handle"));
        }
        return node;
    }

    /** The only node of this process; several commands of the suite name none. */
    WireNode only(Parameters parameters) {
        if (parameters.has("handle")) {
            return of(parameters);
        }
        return byHandle.values().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node was started"));
    }

    boolean stop(Parameters parameters) {
        byHandle.remove(parameters.text("handle"));
        return nodes.stop(parameters);
    }
}
