package io.kairos.test.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

/** The nodes of the behavioural family, by handle. */
final class MockNodes {

    /** A command to one node. */
    @FunctionalInterface
    interface NodeCommand {

        Map<String, Object> run(MockNode node, Parameters parameters) throws Exception;
    }

    private final Map<String, MockNode> byHandle = new LinkedHashMap<>();
    private int started;

    String keep(MockNode node) {
        String handle = "mock-" + ++started;
        byHandle.put(handle, node);
        return handle;
    }

    MockNode remove(String handle) {
        return byHandle.remove(handle);
    }

    /** Before the command time passes up to now; afterwards all that it caused is done. */
    Command on(NodeCommand command) {
        return parameters -> {
            MockNode node = byHandle.get(parameters.text("handle"));
            if (node == null) {
                throw new IllegalArgumentException("no node has the handle " + parameters.text("handle"));
            }
            node.node().catchUp();
            Map<String, Object> answer = command.run(node, parameters);
            node.node().settle();
            return answer;
        };
    }
}
