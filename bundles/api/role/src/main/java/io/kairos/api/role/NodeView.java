package io.kairos.api.role;

import java.util.List;

/**
 * What a role is told of the node it examines.
 *
 * @param interfaces every interface that is configured and whose transport is there
 * @param forwards whether packets of others are forwarded
 * @param heapMegabytes the largest heap of the running node
 */
public record NodeView(List<Interface> interfaces, boolean forwards, int heapMegabytes) {

    public NodeView {
        interfaces = List.copyOf(interfaces);
    }

    /** The interfaces of these kinds that are switched on, whether they work or not. */
    public List<Interface> ofKind(String... kinds) {
        List<String> wanted = List.of(kinds);
        return interfaces.stream()
                .filter(one -> one.enabled() && wanted.contains(one.kind()))
                .toList();
    }

    /** Whether one of these kinds works at this moment. */
    public boolean isUp(String... kinds) {
        return ofKind(kinds).stream().anyMatch(Interface::up);
    }

    /**
     * One interface.
     *
     * @param name as its operator calls it
     * @param kind the kind of medium, for example {@code tcp-client}
     * @param mode for example {@code full} or {@code gateway}
     * @param enabled whether it is switched on
     * @param up whether packets can be sent
     */
    public record Interface(String name, String kind, String mode, boolean enabled, boolean up) {}
}
