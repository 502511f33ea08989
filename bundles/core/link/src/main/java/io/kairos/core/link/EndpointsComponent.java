package io.kairos.core.link;

import io.kairos.api.identity.Networks;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The endpoints of the main network in the container. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.kairos.core.link")
@Designate(ocd = LinkConfig.class)
public final class EndpointsComponent extends EndpointsHost {

    @Activate
    public EndpointsComponent(
            BundleContext context, LinkConfig config, @Reference Clock clock, @Reference Timers timers) {
        super(Networks.MAIN, context, config, clock, timers);
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
