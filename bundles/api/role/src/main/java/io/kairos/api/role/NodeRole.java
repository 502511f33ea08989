package io.kairos.api.role;

import io.kairos.api.health.Finding;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a node is for. A role is a service of its own bundle, installed as the feature {@code kairos-role-<name>}; several
 * may be present. It brings defaults, says what it needs and checks whether the node can be what it is meant to be.
 */
@ConsumerType
public interface NodeRole {

    /** For example {@code hub}. */
    String name();

    /** One sentence for operators. */
    String purpose();

    /**
     * Settings that hold where the operator has not said otherwise, by configuration PID and key; for example
     * {@code io.kairos.core.router} to {@code forward = true}.
     */
    Map<String, Map<String, String>> defaults();

    /** Whether the node can be what it is meant to be. */
    List<Finding> selfCheck();
}
