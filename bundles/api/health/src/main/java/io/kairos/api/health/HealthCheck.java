package io.kairos.api.health;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Looks at one part of the node and says what is wrong; {@code mesh:doctor} asks every such service. */
@ConsumerType
public interface HealthCheck {

    /** What is looked at, for example {@code interfaces}. */
    String subject();

    /** What was found, also that all is well. Takes less than a second, changes nothing. */
    List<Finding> examine();
}
