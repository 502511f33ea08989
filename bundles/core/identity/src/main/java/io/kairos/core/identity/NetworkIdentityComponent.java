package io.kairos.core.identity;

import io.kairos.api.failure.MeshException;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.identity.Networks;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identities of one further network, for as long as its configuration is there; they stay in the store when it goes.
 * Router and management of the network wait for them, so a network whose name is refused has no parts at all.
 */
@Component(
        immediate = true,
        service = HealthCheck.class,
        configurationPid = Networks.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NetworkConfig.class, factory = true)
public final class NetworkIdentityComponent extends IdentityComponent {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkIdentityComponent.class);

    private final String pid;
    private final boolean isNetwork;

    @Activate
    public NetworkIdentityComponent(BundleContext context, Map<String, Object> properties) {
        super(context, Networks.madeBy(properties).orElse(""));
        pid = String.valueOf(properties.get("service.pid"));
        isNetwork = Networks.madeBy(properties).isPresent();
    }

    @Override
    @Activate
    void start() {
        if (isNetwork) {
            super.start();
        } else {
            MeshException why = IdentityFailures.notANetwork(pid);
            LOG.error("{}. {}", why.getMessage(), why.remedy());
        }
    }

    @Override
    public String subject() {
        return isNetwork ? super.subject() : "networks";
    }

    @Override
    public List<Finding> examine() {
        if (isNetwork) {
            return super.examine();
        }
        MeshException why = IdentityFailures.notANetwork(pid);
        return List.of(Finding.error(why.getMessage(), why.remedy()));
    }
}
