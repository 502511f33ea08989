package io.kairos.api.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Interfaces of other nodes that were announced on the mesh. Threads: any. */
@ProviderType
public interface DiscoveredInterfaces {

    /** What was heard, best first: what was announced lately, then what is worth more proof of work. */
    List<Found> all();

    /** How the configuration file of a Reticulum program says that it joins what was found; empty where it is not known. */
    default Optional<String> configEntry(Found found) {
        return Optional.empty();
    }

    /** Hash of the identity that stands for the network of this node, hexadecimal; empty where there is none. */
    default Optional<String> networkIdentity() {
        return Optional.empty();
    }

    /**
     * One interface.
     *
     * @param name as its operator calls it, made safe to show
     * @param kind the name by which Reticulum programs know it, for example {@code BackboneInterface}
     * @param node hash of the identity of its node, hexadecimal
     * @param announcer hash of the identity that announced it, hexadecimal
     * @param forwards whether its node forwards for others
     * @param details what it takes to connect, by name: address, port, frequency …
     * @param value what its proof of work is worth, in bits
     * @param hops how far away its node was
     * @param firstMillis wall-clock time when it was heard of first
     * @param lastMillis wall-clock time when it was heard of last
     * @param status available, unknown or stale
     */
    record Found(
            String name,
            String kind,
            String node,
            String announcer,
            boolean forwards,
            Map<String, String> details,
            int value,
            int hops,
            long firstMillis,
            long lastMillis,
            String status) {}
}
