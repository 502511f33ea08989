package io.kairos.core.router;

import io.kairos.api.identity.Networks;
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

    @Activate
    public RouterComponent(
            BundleContext context,
            RouterConfig config,
            @Reference Clock clock,
            @Reference Timers timers,
            @Reference InterfaceDesk desk) {
        super(context, RouterSettings.from(Networks.MAIN, config), clock, timers, desk);
    }

    @Override
    @Activate
    void open() {
        super.open();
    }

    @Modified
    void changed(RouterConfig config) {
        change(RouterSettings.from(Networks.MAIN, config));
    }

    @Override
    @Deactivate
    void close() {
        super.close();
    }
}
