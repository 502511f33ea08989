package io.kairos.api.health;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Offers numbers about the machinery; whoever shows metrics tracks these services. */
@ConsumerType
public interface MetricSource {

    /** The numbers of this moment. Never blocks. */
    List<Metric> metrics();
}
