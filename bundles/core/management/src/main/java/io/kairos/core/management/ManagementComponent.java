package io.kairos.core.management;

import io.kairos.api.admin.DiscoveredInterfaces;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.Networks;
import io.kairos.api.link.Endpoints;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** The management destinations of the main network in the container; they go while the router is replaced and come back with the next one. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.kairos.core.management")
@Designate(ocd = ManagementConfig.class)
public final class ManagementComponent {

    private final ManagementCore core;
    private volatile DiscoveredInterfaces discovered; // comes and goes

    @Activate
    public ManagementComponent(
            ManagementConfig config,
            @Reference(target = Networks.IN_MAIN) Endpoints endpoints,
            @Reference(target = Networks.IN_MAIN) Router router,
            @Reference(target = Networks.IN_MAIN) PathTable paths,
            @Reference(target = Networks.IN_MAIN) KnownDestinations known,
            @Reference(target = Networks.IN_MAIN) IdentityStore identities,
            @Reference Store store,
            @Reference Clock clock,
            @Reference Timers timers) {
        core = new ManagementCore(
                ManagementSettings.readable(config),
                new ManagementCore.Node(
                        endpoints, router, paths, known, identities, this::networkIdentity, store, clock, timers));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDiscovered(DiscoveredInterfaces present) {
        discovered = present;
    }

    void unbindDiscovered(DiscoveredInterfaces gone) {
        if (discovered == gone) {
            discovered = null;
        }
    }

    private Optional<String> networkIdentity() {
        DiscoveredInterfaces present = discovered;
        return present == null ? Optional.empty() : present.networkIdentity();
    }

    @Deactivate
    void close() {
        core.close();
    }
}
