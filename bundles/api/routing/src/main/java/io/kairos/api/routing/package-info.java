/**
 * Paths, the decisions about them, and the door between the router and what lives on this node.
 *
 * <p>Three groups of types. A routing strategy implements {@link io.kairos.api.routing.RoutingStrategy} over
 * {@link io.kairos.api.routing.PathCandidate} values. Operators' tools read {@link io.kairos.api.routing.Router} and
 * {@link io.kairos.api.routing.PathTable}. Endpoints (destinations, links) use
 * {@link io.kairos.api.routing.PacketRouter}; programs want {@code io.kairos.api.link} instead.
 */
@Export
@Version("1.3.0")
package io.kairos.api.routing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
