package io.kairos.core.router;

import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.Networks;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The router of one further network, for as long as its configuration and its identities are there. A network whose name is
 * refused has no identities, so it gets no router.
 */
@Component(
        configurationPid = Networks.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = {},
        immediate = true)
public final class NetworkRouterComponent extends RouterHost {

    private final String network;

    // ---- guarded by this ----
    private IdentityStore identities;
    private boolean opened;

    @Activate
    public NetworkRouterComponent(
            BundleContext context,
            RouterConfig config,
            Map<String, Object> properties,
            @Reference Clock clock,
            @Reference Timers timers,
            @Reference Store store,
            @Reference InterfaceDesk desk) {
        super(context, RouterSettings.from(Networks.madeBy(properties).orElse(""), config), clock, timers, store, desk);
        network = Networks.madeBy(properties).orElse("");
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindIdentities(IdentityStore present, Map<String, Object> properties) {
        if (network.equals(Networks.of(properties))) {
            identities = present;
            if (opened) {
                end();
                begin(present);
            }
        }
    }

    synchronized void unbindIdentities(IdentityStore gone) {
        if (identities == gone) {
            identities = null;
            end();
        }
    }

    @Activate
    synchronized void open() {
        opened = true;
        if (identities != null) {
            begin(identities);
        }
    }

    @Deactivate
    synchronized void close() {
        opened = false;
        end();
    }
}
