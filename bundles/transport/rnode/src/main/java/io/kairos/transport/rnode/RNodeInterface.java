package io.kairos.transport.rnode;

import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Offer;
import io.kairos.api.transport.Reading;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineInterface;
import io.kairos.lib.medium.RetryPace;
import io.kairos.lib.serial.Arrivals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.slf4j.LoggerFactory;

/**
 * Exchanges packets over LoRa through a device with RNode firmware, and sets it up again whenever it was away. Compatible
 * with Reticulum's RNodeInterface.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.rnode",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + RNodeInterface.KIND_NAME)
@Designate(ocd = RNodeConfig.class, factory = true)
public final class RNodeInterface extends LineInterface<RNodeSettings> {

    static final String KIND_NAME = "rnode";

    private final Clock clock;
    private final Timers timers;
    private final RadioPort.Opener opener;
    private final AirtimeBook book;
    private final Arrivals arrivals;
    private final Statistics statistics = new Statistics();

    @Activate
    public RNodeInterface(
            RNodeConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        this(config, properties, clock, timers, Ports::open, new Budgets());
    }

    RNodeInterface(
            RNodeConfig config,
            Map<String, Object> properties,
            Clock clock,
            Timers timers,
            RadioPort.Opener opener,
            Budgets budgets) {
        super(KIND_NAME, clock, timers, LoggerFactory.getLogger(RNodeInterface.class));
        this.clock = clock;
        this.timers = timers;
        this.opener = opener;
        this.book = new AirtimeBook(clock, budgets);
        this.arrivals =
                new Arrivals("kairos-rnode-" + Checks.nameOfRefused(properties, KIND_NAME) + "-watch", this::tryNow);
        begin(() -> RNodeSettings.from(config, properties), () -> RNodeSettings.refused(properties, KIND_NAME));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setStore(Store present) {
        book.setStore(present);
        tryNow();
    }

    void unsetStore(Store gone) {
        book.clearStore(gone);
    }

    /** Settings changed. The device stays open unless it depends on what changed. */
    @Modified
    void modified(RNodeConfig config, Map<String, Object> properties) {
        change(() -> RNodeSettings.from(config, properties));
    }

    @Override
    public String description() {
        return "RNodeInterface[" + name() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        return settings().endpoints();
    }

    @Override
    public Optional<Offer> offer() {
        return settings().line().radios().stream().findFirst().map(radio -> {
            LoRa tuning = radio.tuning();
            return new Offer(
                    "RNodeInterface",
                    Map.of(
                            "frequency",
                            tuning.frequencyHz(),
                            "bandwidth",
                            tuning.bandwidthHz(),
                            "spreading_factor",
                            (long) tuning.spreadingFactor(),
                            "coding_rate",
                            (long) tuning.codingRate()));
        });
    }

    @Override
    public List<Reading> readings() {
        return statistics.readings();
    }

    @Override
    protected Line newLine(RNodeSettings of) {
        return new RNodeLine(new Device(of.line(), opener, arrivals, clock, timers, book, statistics), 0);
    }

    @Override
    protected RetryPace pace(RNodeSettings of) {
        return RetryPace.every(of.line().retry());
    }

    @Deactivate
    @Override
    public void close() {
        arrivals.close();
        super.close();
    }
}
