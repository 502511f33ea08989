package io.kairos.transport.satellite;

import io.kairos.api.health.HealthCheck;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.Line;
import io.kairos.lib.serial.SerialPorts;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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

/** Packets as short messages through a satellite modem with AT commands (Iridium SBD and alike). */
@Component(
        service = {MeshInterface.class, HealthCheck.class},
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.satellite.sbd",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + SbdInterface.KIND_NAME)
@Designate(ocd = SbdConfig.class, factory = true)
public final class SbdInterface extends PaidInterface<SbdSettings> {

    static final String KIND_NAME = "satellite-sbd";

    private static final Logger LOG = LoggerFactory.getLogger(SbdInterface.class);

    private final Clock clock;
    private final Function<SbdSettings.ModemUse, ByteStream> modems;

    @Activate
    public SbdInterface(
            SbdConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        this(config, properties, clock, timers, SbdSettings.ModemUse::open);
    }

    /** @param modems opens the way to a modem */
    SbdInterface(
            SbdConfig config,
            Map<String, Object> properties,
            Clock clock,
            Timers timers,
            Function<SbdSettings.ModemUse, ByteStream> modems) {
        super(KIND_NAME, clock, timers, LOG);
        this.clock = clock;
        this.modems = modems;
        begin(() -> SbdSettings.from(config, properties), () -> SbdSettings.refused(properties));
    }

    @Modified
    void modified(SbdConfig config, Map<String, Object> properties) {
        change(() -> SbdSettings.from(config, properties));
    }

    @Override
    protected Line newLine(SbdSettings of) {
        Account account = newAccount(of.line().terms());
        return new SbdLine(of.line(), () -> modems.apply(of.line()), account, clock, this::tryAfter, LOG);
    }

    @Override
    public String description() {
        return "SatelliteShortBurstInterface[" + name() + "]";
    }

    /** The modem: two networks do not share one. */
    @Override
    public Set<Endpoint> endpoints() {
        String port = settings().line().port();
        return policy().enabled() && port.startsWith("/")
                ? Set.of(new Endpoint("serial", "device" + SerialPorts.device(port), ""))
                : Set.of();
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
