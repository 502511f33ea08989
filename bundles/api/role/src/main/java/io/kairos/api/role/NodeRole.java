package io.kairos.api.role;

import io.kairos.api.health.Finding;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a node is for. A role is a service of its own bundle, installed as the feature {@code kairos-role-<name>}; several
 * may be present. It brings defaults, says what it needs and checks whether the node can be what it is meant to be.
 *
 * <p>Where two roles name the same setting, the one with the higher {@code service.ranking} holds, and of two alike the one
 * whose name comes first in the alphabet.
 *
 * <p>Threads: any; every method answers at once and always the same for the same question.
 */
@ConsumerType
public interface NodeRole {

    /** For example {@code hub}. */
    String name();

    /** One sentence for operators. */
    String purpose();

    /**
     * Settings that hold where the operator has not said otherwise, by configuration PID and key; for example
     * {@code io.kairos.core.router} to {@code forward = true}. A factory PID means each of its configurations, and a PID that
     * ends in {@code .*} each configuration below it; the exact one wins.
     */
    Map<String, Map<String, String>> defaults();

    /** The heap the role would like in megabytes, which takes effect when the node is started again; 0 for no wish. */
    default int heapMegabytes() {
        return 0;
    }

    /** Whether the node can be what it is meant to be; for roles that need to know nothing of it. */
    default List<Finding> selfCheck() {
        return List.of();
    }

    /** Whether this node can be what it is meant to be: what is missing and what to do. This is the one that is asked. */
    default List<Finding> selfCheck(NodeView node) {
        return selfCheck();
    }
}
