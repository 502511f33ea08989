package io.kairos.transport.satellite;

import io.kairos.api.health.HealthCheck;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.Line;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection over a satellite terminal to a node on the ground: long delay, paid bytes, windows. */
@Component(
        service = {MeshInterface.class, HealthCheck.class},
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.satellite",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + SatelliteInterface.KIND_NAME)
@Designate(ocd = SatelliteConfig.class, factory = true)
public final class SatelliteInterface extends PaidInterface<SatelliteSettings> {

    static final String KIND_NAME = "satellite";

    private static final Logger LOG = LoggerFactory.getLogger(SatelliteInterface.class);

    private final Clock clock;
    private final Timers timers;

    @Activate
    public SatelliteInterface(
            SatelliteConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(KIND_NAME, clock, timers, LOG);
        this.clock = clock;
        this.timers = timers;
        begin(() -> SatelliteSettings.from(config, properties), () -> SatelliteSettings.refused(properties));
    }

    @Modified
    void modified(SatelliteConfig config, Map<String, Object> properties) {
        change(() -> SatelliteSettings.from(config, properties));
    }

    @Override
    protected Line newLine(SatelliteSettings of) {
        return new SatelliteLine(of.line(), newAccount(of.line().terms()), clock, timers, this::tryAfter);
    }

    @Override
    public String description() {
        return "SatelliteInterface[" + name() + "]";
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(Store present) {
        setStore(present);
    }

    void unbindStore(Store gone) {
        clearStore(gone);
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
