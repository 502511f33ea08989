package io.kairos.test.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

/** The nodes that run in this bridge, by handle. */
final class Nodes implements AutoCloseable {

    private final Map<String, BridgeNode> byHandle = new LinkedHashMap<>();
    private int started;

    /** Keeps a node and gives it a handle. */
    String keep(BridgeNode node) {
        String handle = "node-" + ++started;
        byHandle.put(handle, node);
        return handle;
    }

    /** The node of the parameter {@code handle}. */
    BridgeNode of(Parameters parameters) {
        BridgeNode node = byHandle.get(parameters.text("handle"));
        if (node == null) {
            throw new IllegalArgumentException("no node has the handle " + parameters.text("handle"));
        }
        return node;
    }

    /** The only node there is, for commands that name none. */
    BridgeNode only() {
        if (byHandle.size() != 1) {
            throw new IllegalArgumentException("this needs exactly one node, there are " + byHandle.size());
        }
        return byHandle.values().iterator().next();
    }

    /** Ends a node. */
    boolean stop(Parameters parameters) {
        BridgeNode node = byHandle.remove(parameters.text("handle"));
        if (node == null) {
            return false;
        }
        node.close();
        return true;
    }

    @Override
    public void close() {
        byHandle.values().forEach(BridgeNode::close);
        byHandle.clear();
    }
}
