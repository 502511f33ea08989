package io.kairos.core.router;

import io.kairos.api.identity.Networks;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

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

    @Activate
    public NetworkRouterComponent(
            BundleContext context,
            RouterConfig config,
            Map<String, Object> properties,
            @Reference Clock clock,
            @Reference Timers timers,
            @Reference InterfaceDesk desk) {
        super(context, RouterSettings.from(Networks.madeBy(properties).orElse(""), config), clock, timers, desk);
    }

    @Override
    @Activate
    void open() {
        super.open();
    }

    @Override
    @Deactivate
    void close() {
        super.close();
    }
}
