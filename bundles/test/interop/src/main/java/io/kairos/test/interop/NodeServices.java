package io.kairos.test.interop;

import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.link.Endpoints;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;

/** What of a node the commands use. */
record NodeServices(
        Endpoints endpoints,
        Router router,
        PacketRouter packets,
        PathTable paths,
        KnownDestinations known,
        IdentityStore identities) {}
