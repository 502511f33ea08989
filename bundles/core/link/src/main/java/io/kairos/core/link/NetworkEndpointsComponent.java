package io.kairos.core.link;

import io.kairos.api.health.HealthCheck;
import io.kairos.api.health.MetricSource;
import io.kairos.api.identity.Networks;
import io.kairos.api.link.Endpoints;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
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

    private static final String[] SERVICES = {
        Endpoints.class.getName(), HealthCheck.class.getName(), MetricSource.class.getName()
    };

    private final BundleContext context;
    private final Optional<String> network;
    private ServiceRegistration<?> registration;

    @Activate
    public NetworkEndpointsComponent(
            BundleContext context,
            LinkConfig config,
            Map<String, Object> properties,
            @Reference Clock clock,
            @Reference Timers timers) {
        super(Networks.madeBy(properties).orElse(""), context, config, clock, timers);
        this.context = context;
        this.network = Networks.madeBy(properties);
    }

    /** A network whose name is refused has no endpoints; core/identity tells why. */
    @Activate
    void offer() {
        network.ifPresent(name -> {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Networks.PROPERTY, name);
            properties.put(Constants.SERVICE_RANKING, -1); // whoever does not look at the network gets the main one
            registration = context.registerService(SERVICES, this, properties);
        });
    }

    @Override
    @Deactivate
    void close() {
        if (registration != null) {
            registration.unregister();
        }
        super.close();
    }
}
