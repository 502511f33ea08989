package io.kairos.core.link.request;

import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.core.link.LinkWire;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.SerialQueue;
import io.kairos.core.link.destination.RequestHandlers;
import io.kairos.core.link.resource.Transfer;
import java.util.Optional;

/** What requests on a link need of it. Threads: any. */
public interface RequestHost {

    Surroundings surroundings();

    LinkWire wire();

    SerialQueue callbacks();

    Link link();

    /** Round-trip time of the link in seconds. */
    double roundTripSeconds();

    boolean isActive();

    /** Who has identified itself. */
    Optional<PublicIdentity> remoteIdentity();

    /** Who answers here; empty on the side that opened the link. */
    Optional<RequestHandlers> handlers();

    /** Largest request in bytes; 0 means no limit. */
    int maximumRequestBytes();

    Transfer sendResource(ResourceData data, ResourceOptions options, byte[] requestId, int flags);
}
