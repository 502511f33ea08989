package io.kairos.test.conformance;

import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.ports.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stepped node with interfaces that have no medium, and what was recorded at it. */
final class MockNode implements AutoCloseable {

    private final BridgeNode node;
    private final Parameters defaults;
    private final Map<String, MockInterface> interfaces = new LinkedHashMap<>();
    private final Map<DestinationHash, List<byte[]>> deliveries = new HashMap<>();
    private final Map<String, RecordingListener> listeners = new HashMap<>();

    /** @param defaults settings of interfaces that say nothing themselves */
    MockNode(BridgeNode node, Parameters defaults) {
        this.node = node;
        this.defaults = defaults;
    }

    BridgeNode node() {
        return node;
    }

    Parameters defaults() {
        return defaults;
    }

    /** Takes in an interface and gives it an id. */
    String attach(MockInterface medium) {
        String id = "if-" + interfaces.size();
        interfaces.put(id, medium);
        node.attach(medium);
        return id;
    }

    /** All packets that came in, each once. */
    List<byte[]> received() {
        return interfaces.values().stream()
                .flatMap(medium -> medium.received().stream())
                .toList();
    }

    MockInterface medium(String id) {
        MockInterface medium = interfaces.get(id);
        if (medium == null) {
            throw new IllegalArgumentException("no interface has the id " + id);
        }
        return medium;
    }

    /** The interface of the parameter {@code iface_id}. */
    MockInterface medium(Parameters parameters) {
        return medium(parameters.text("iface_id"));
    }

    Port port(MockInterface medium) {
        return node.router().parts().ports().of(medium);
    }

    /** The id of the interface behind a port. */
    Optional<String> idOf(Port port) {
        return interfaces.entrySet().stream()
                .filter(entry -> port != null && entry.getValue() == port.medium())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What destinations of this node received. */
    List<byte[]> deliveries(DestinationHash destination) {
        return deliveries.computeIfAbsent(destination, key -> new ArrayList<>());
    }

    String listen(RecordingListener listener) {
        String id = "listener-" + listeners.size();
        listeners.put(id, listener);
        return id;
    }

    RecordingListener listener(String id) {
        RecordingListener listener = listeners.get(id);
        if (listener == null) {
            throw new IllegalArgumentException("no listener has the id " + id);
        }
        return listener;
    }

    @Override
    public void close() {
        node.close();
    }
}
