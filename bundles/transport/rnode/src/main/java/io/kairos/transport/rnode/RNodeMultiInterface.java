package io.kairos.transport.rnode;

import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Reading;
import io.kairos.api.transport.Signal;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.medium.PeersInterface;
import io.kairos.lib.medium.RetryPace;
import io.kairos.lib.serial.Arrivals;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * A device with several radios: each is an interface of its own while the device is there; this one carries nothing.
 * Compatible with Reticulum's RNodeMultiInterface.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.rnode.multi",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + RNodeMultiInterface.KIND_NAME)
@Designate(ocd = RNodeMultiConfig.class, factory = true)
public final class RNodeMultiInterface extends PeersInterface<RNodeSettings> {

    static final String KIND_NAME = "rnode-multi";

    private final Clock clock;
    private final Timers timers;
    private final RadioPort.Opener opener;
    private final AirtimeBook book;
    private final Arrivals arrivals;
    private final Statistics statistics = new Statistics();

    @Activate
    public RNodeMultiInterface(
            RNodeMultiConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        this(config, properties, clock, timers, Ports::open, new Budgets());
    }

    RNodeMultiInterface(
            RNodeMultiConfig config,
            Map<String, Object> properties,
            Clock clock,
            Timers timers,
            RadioPort.Opener opener,
            Budgets budgets) {
        super(KIND_NAME, clock, timers, LoggerFactory.getLogger(RNodeMultiInterface.class));
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
    void modified(RNodeMultiConfig config, Map<String, Object> properties) {
        change(() -> RNodeSettings.from(config, properties));
    }

    @Override
    public String description() {
        return "RNodeMultiInterface[" + name() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        return settings().endpoints();
    }

    @Override
    public List<Reading> readings() {
        return statistics.readings();
    }

    @Override
    protected int mostPeers() {
        return Answers.MOST_RADIOS;
    }

    @Override
    protected Line newLine(RNodeSettings of) {
        return new SharedLine(of, new Device(of.line(), opener, arrivals, clock, timers, book, statistics));
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

    /** The device, opened once; its radios come when it is up and go with it. */
    private final class SharedLine implements Line {

        private final RNodeSettings of;
        private final Device device;

        SharedLine(RNodeSettings of, Device device) {
            this.of = of;
            this.device = device;
        }

        @Override
        public void run(LineEvents events) throws InterruptedException {
            Radios radios = new Radios(events);
            try {
                device.run(radios);
            } finally {
                radios.lines.forEach(RadioLine::close);
            }
        }

        @Override
        public boolean offer(ByteBuffer packet) {
            return false;
        }

        @Override
        public void close() {
            device.close();
        }

        /** Owned by the reading thread. */
        private final class Radios implements DeviceEvents {

            private final LineEvents events;
            private final List<RadioLine> lines = new ArrayList<>();

            Radios(LineEvents events) {
                this.events = events;
            }

            @Override
            public void starting(String waitsFor) {
                events.starting(waitsFor);
            }

            @Override
            public void up(String news) {
                events.up(news);
                for (RadioSettings radio : of.line().radios()) {
                    RadioLine line = new RadioLine(device, radio.index());
                    String name = of.name() + "[" + radio.name() + "]";
                    lines.add(line);
                    connected(name, name, line, () -> settings().budget(radio));
                }
            }

            @Override
            public void packet(int from, ByteBuffer packet, Signal signal) {
                for (RadioLine line : lines) {
                    if (line.radio() == from && !line.heard(packet, signal)) {
                        statistics.add("overheard");
                    }
                }
            }

            @Override
            public void ready(int from, boolean isReady) {
                // the device cares for it
            }

            @Override
            public void malformed(long frames) {
                events.malformed(frames);
            }

            @Override
            public void endOfBurst() {
                // each radio ends its own
            }
        }
    }
}
