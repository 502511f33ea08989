package io.kairos.core.router;

import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.Networks;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The router of the main network in the container. */
@Component(
        configurationPid = "io.kairos.core.router",
        service = {},
        immediate = true)
@Designate(ocd = RouterConfig.class)
public final class RouterComponent extends RouterHost {

    private final IdentityStore identities;

    @Activate
    public RouterComponent(
            BundleContext context,
            RouterConfig config,
            @Reference Clock clock,
            @Reference Timers timers,
            @Reference Store store,
            @Reference(target = Networks.IN_MAIN) IdentityStore identities,
            @Reference InterfaceDesk desk) {
        super(context, RouterSettings.from(Networks.MAIN, config), clock, timers, store, desk);
        this.identities = identities;
    }

    /** After all services that are there have been bound. */
    @Activate
    void open() {
        begin(identities);
    }

    @Modified
    void changed(RouterConfig config) {
        change(RouterSettings.from(Networks.MAIN, config), identities);
    }

    @Deactivate
    void close() {
        end();
    }
}
