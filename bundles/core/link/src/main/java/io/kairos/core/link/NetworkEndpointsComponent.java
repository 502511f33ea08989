package io.kairos.core.link;

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
 * The endpoints of one further network, for as long as its configuration is there. They are registered by hand, because the
 * network follows from the name of the configuration and is none of its settings.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = Networks.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class NetworkEndpointsComponent extends EndpointsHost {

    private final boolean isNetwork;

    @Activate
    public NetworkEndpointsComponent(
            BundleContext context,
            LinkConfig config,
            Map<String, Object> properties,
            @Reference Clock clock,
            @Reference Timers timers) {
        super(Networks.madeBy(properties).orElse(""), context, config, clock, timers);
        this.isNetwork = Networks.madeBy(properties).isPresent();
    }

    /** A network whose name is refused has no endpoints; core/identity tells why. */
    @Override
    @Activate
    void open() {
        if (isNetwork) {
            super.open();
        }
    }

    @Override
    @Deactivate
    void close() {
        super.close();
    }
}
