package io.kairos.transport.satellite;

import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Reading;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.PeerInterface;
import io.kairos.lib.medium.PeersInterface;
import io.kairos.lib.medium.RetryPace;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

/**
 * A base station with Internet for short-burst modems that are far away: messages come from the gateway of their provider
 * and go there (DirectIP). Each modem is an interface of its own; this one carries nothing.
 */
@Component(
        service = {MeshInterface.class, HealthCheck.class},
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.satellite.ground",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + GroundInterface.KIND_NAME)
@Designate(ocd = GroundConfig.class, factory = true)
public final class GroundInterface extends PeersInterface<GroundSettings> implements HealthCheck {

    static final String KIND_NAME = "satellite-ground";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(GroundInterface.class);

    private final Clock clock;
    private final Timers timers;
    private final StoreReference store = new StoreReference();
    private final Spending spending = new Spending();
    private final SecureRandom random = new SecureRandom();

    @Activate
    public GroundInterface(
            GroundConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(KIND_NAME, clock, timers, LOG);
        this.clock = clock;
        this.timers = timers;
        begin(() -> GroundSettings.from(config, properties), () -> GroundSettings.refused(properties));
    }

    @Modified
    void modified(GroundConfig config, Map<String, Object> properties) {
        change(() -> GroundSettings.from(config, properties));
    }

    @Override
    public String description() {
        return "SatelliteGroundInterface[" + name() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        GroundSettings.Station station = settings().line();
        String host = station.host().equals(GroundSettings.EVERYWHERE) ? "" : station.host();
        return station.enabled() ? Set.of(Endpoint.port("tcp", host, station.port())) : Set.of();
    }

    @Override
    protected int mostPeers() {
        return GroundSettings.MOST_MODEMS;
    }

    @Override
    protected Line newLine(GroundSettings of) {
        Account account = spending.begin(new Account(of.line().terms(), store, clock));
        return new GroundDoor(of.line(), account, new Modems(of.line(), account), timers);
    }

    @Override
    public LinkBudget budget() {
        return spending.cost().orElseGet(() -> settings().budget());
    }

    @Override
    public List<Reading> readings() {
        return spending.readings();
    }

    @Override
    public String subject() {
        return Spending.SUBJECT;
    }

    @Override
    public List<Finding> examine() {
        return spending.examine();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(Store present) {
        store.set(present);
        tryNow();
    }

    void unbindStore(Store gone) {
        store.clear(gone);
    }

    @Deactivate
    @Override
    public void close() {
        store.close();
        super.close();
    }

    /** The modems while the port is open. */
    private final class Modems implements ModemPeers {

        private final GroundSettings.Station station;
        private final Account account;
        private final Map<String, ModemPost> posts = new ConcurrentHashMap<>();
        private final Map<String, PeerInterface> peers = new ConcurrentHashMap<>();

        Modems(GroundSettings.Station station, Account account) {
            this.station = station;
            this.account = account;
        }

        @Override
        public void appear() {
            for (GroundSettings.Modem modem : station.modems()) {
                ModemPost post = new ModemPost(modem, station.messages(), clock, random);
                String name = station.terms().name() + "/" + modem.name();
                posts.put(modem.imei(), post);
                called(
                                name,
                                "SatelliteGroundInterface[" + name + "]",
                                () -> newLine(name, post),
                                new RetryPace(FIRST_PAUSE, LONGEST_PAUSE))
                        .ifPresent(peer -> peers.put(modem.imei(), peer));
            }
        }

        private Line newLine(String name, ModemPost post) {
            GatewayClient gateway = new GatewayClient(station.provider(), timers);
            return new GroundLine(name, station.messages(), post, gateway, account, LOG);
        }

        @Override
        public void vanish() {
            peers.values().forEach(GroundInterface.this::drop);
        }

        @Override
        public boolean knows(String imei) {
            return posts.containsKey(imei);
        }

        @Override
        public boolean arrived(String imei, byte[] message) {
            ModemPost post = posts.get(imei);
            boolean isTaken = message.length == 0 || post.arrived(message);
            PeerInterface peer = peers.get(imei);
            if (peer != null) {
                peer.tryNow(); // the gateway lives, and the modem has fetched what waited
            }
            return isTaken;
        }
    }
}
