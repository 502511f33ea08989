package io.kairos.core.link;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.health.Metric;
import io.kairos.api.health.MetricSource;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.Networks;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.PacketReceipt;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.core.link.actor.Workers;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.io.File;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What the endpoints of all networks have in common. Router, known destinations and crypto suite come and go without ending
 * anything: destinations are registered again with the next router, links keep their keys.
 */
abstract class EndpointsHost implements Endpoints, HealthCheck, MetricSource {

    private static final String[] SERVICES = {
        Endpoints.class.getName(), HealthCheck.class.getName(), MetricSource.class.getName()
    };

    private final BundleContext context;
    private final String network;
    private final RouterDoor router = new RouterDoor();
    private final Slot<CryptoSuite> suite = new Slot<>("crypto suite");
    private final Slot<KnownDestinations> known = new Slot<>("router");
    private final Slot<Store> store = new Slot<>("store");
    private final Workers workers;
    private final EndpointsCore core;
    private final LinkHealth health;

    // ---- guarded by this ----
    private boolean opened;
    private boolean offered;
    private ServiceRegistration<?> registration;

    EndpointsHost(String network, BundleContext context, LinkConfig config, Clock clock, Timers timers) {
        this.context = context;
        this.network = network;
        workers = Workers.start();
        core = new EndpointsCore(new Surroundings(
                clock,
                timers,
                router,
                suite,
                known,
                store,
                workers,
                RandomSource.secure(),
                SpoolFolder.emptied(spool(context).toPath()),
                new LinkSettings(
                        config.mtu_discovery(),
                        config.proofs_explicit(),
                        Math.max(ResourceAdvertisement.SEGMENT, config.resources_decompressed_bytes()))));
        health = new LinkHealth(core, network);
    }

    private File spool(BundleContext context) {
        return context.getDataFile(network.equals(Networks.MAIN) ? "incoming" : "incoming-" + network);
    }

    /** After all services that are there have been bound. */
    void open() {
        synchronized (this) {
            opened = true;
        }
        offer();
    }

    /**
     * Destinations keep state in the store, so the first one is waited for. When it is replaced later nothing ends: what
     * needs it meanwhile fails, links do not.
     */
    private void offer() {
        synchronized (this) {
            if (!opened || offered || store.find().isEmpty()) {
                return;
            }
            offered = true;
        }
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Networks.PROPERTY, network);
        // whoever does not look at the network gets the main one as long as it is there
        properties.put(Constants.SERVICE_RANKING, network.equals(Networks.MAIN) ? 0 : -1);
        // Without the lock: whoever waits for endpoints begins to work within this call.
        ServiceRegistration<?> registered = context.registerService(SERVICES, this, properties);
        boolean late;
        synchronized (this) {
            late = !opened;
            registration = late ? null : registered;
        }
        if (late) {
            registered.unregister();
        }
    }

    /** Links are closed with a word to the other ends, while the router is still there. */
    void close() {
        ServiceRegistration<?> registered;
        synchronized (this) {
            opened = false;
            registered = registration;
            registration = null;
        }
        if (registered != null) {
            registered.unregister();
        }
        core.close();
        workers.close();
    }

    private boolean isOurs(Map<String, Object> properties) {
        return network.equals(Networks.of(properties));
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRouter(PacketRouter present, Map<String, Object> properties) {
        if (isOurs(properties)) {
            router.bind(present);
        }
    }

    void unbindRouter(PacketRouter gone) {
        router.unbind(gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindKnown(KnownDestinations present, Map<String, Object> properties) {
        if (isOurs(properties)) {
            known.bind(present);
        }
    }

    void unbindKnown(KnownDestinations gone) {
        known.unbind(gone);
    }

    @Reference(
            target = "(" + CryptoSuite.SUITE + "=" + CryptoSuite.RETICULUM + ")",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSuite(CryptoSuite present) {
        suite.bind(present);
    }

    void unbindSuite(CryptoSuite gone) {
        suite.unbind(gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(Store present) {
        store.bind(present);
        offer();
    }

    void unbindStore(Store gone) {
        store.unbind(gone);
    }

    /** An identity that is heard of in two networks would tell both that they are one node. */
    private void requireOurs(String other) {
        if (!other.equals(network)) {
            throw new MeshException(
                    Failure.Kind.POLICY,
                    "The identity belongs to the network %s, so the network %s refuses it".formatted(other, network),
                    "Networks share no key. Use an identity of %s: identity:list --network %s shows them."
                            .formatted(network, network));
        }
    }

    @Override
    public String subject() {
        return health.subject();
    }

    @Override
    public List<Finding> examine() {
        return health.examine();
    }

    @Override
    public List<Metric> metrics() {
        return health.metrics();
    }

    @Override
    public LocalDestination open(DestinationSettings settings) {
        settings.identity().flatMap(LocalIdentity::network).ifPresent(this::requireOurs);
        return core.open(settings);
    }

    @Override
    public List<LocalDestination> destinations() {
        return core.destinations();
    }

    @Override
    public List<Link> links() {
        return core.links();
    }

    @Override
    public PacketReceipt send(DestinationHash to, byte[] data) {
        return core.send(to, data);
    }

    @Override
    public PacketReceipt sendPlain(String fullName, byte[] data) {
        return core.sendPlain(fullName, data);
    }

    @Override
    public PacketReceipt sendGroup(DestinationHash to, byte[] key, byte[] data) {
        return core.sendGroup(to, key, data);
    }

    @Override
    public CompletionStage<Link> connect(DestinationHash to) {
        return core.connect(to);
    }

    @Override
    public CompletionStage<ProbeResult> probe(DestinationHash to, int size, Duration timeout) {
        return core.probe(to, size, timeout);
    }
}
