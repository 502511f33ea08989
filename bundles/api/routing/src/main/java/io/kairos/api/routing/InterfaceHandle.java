package io.kairos.api.routing;

import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.LinkBudget;
import org.osgi.annotation.versioning.ProviderType;

/** An interface as endpoints see it; compare by identity. Stays valid, but not up, after the interface has gone. */
@ProviderType
public interface InterfaceHandle {

    String name();

    LinkBudget budget();

    InterfaceMode mode();

    boolean isUp();
}
