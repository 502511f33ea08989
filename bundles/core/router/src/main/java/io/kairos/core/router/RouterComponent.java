package io.kairos.core.router;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.health.MetricSource;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.RoutingStrategy;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The router in the container: finds interfaces, suites and strategies as services, copes with each of them coming and
 * going, and registers what {@link RouterCore} offers. Its services are registered by hand, because two of the contracts
 * have a method {@code size()} each with another meaning.
 */
@Component(
        configurationPid = "io.kairos.core.router",
        service = {},
        immediate = true)
@Designate(ocd = RouterConfig.class)
public final class RouterComponent {

    private static final String NETWORK = "network";

    private final BundleContext context;
    private final RouterSettings settings;
    private final RouterThreads threads;
    private final RouterCore core;
    private final List<AnnounceListener> listeners = new CopyOnWriteArrayList<>();
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private volatile CryptoSuite suite;
    private volatile RoutingStrategy strategy;

    @Activate
    public RouterComponent(
            BundleContext context,
            RouterConfig config,
            @Reference Clock clock,
            @Reference Timers timers,
            @Reference Store store,
            @Reference IdentityStore identities) {
        this.context = context;
        this.settings = RouterSettings.from(config, Runtime.getRuntime().maxMemory());
        this.threads = new RouterThreads(
                settings.network(), Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
        this.core = new RouterCore(
                settings,
                new Collaborators(
                        clock,
                        timers,
                        () -> Optional.ofNullable(suite),
                        () -> Optional.ofNullable(strategy),
                        () -> listeners,
                        store,
                        identities.node(),
                        threads.tables(),
                        threads.workers(),
                        threads.verifiers(),
                        threads.storage(),
                        new SecureRandom()));
    }

    /** After all services that are there have been bound. */
    @Activate
    void open() {
        core.start();
        register(PacketRouter.class, core.packetRouter());
        register(Router.class, core.router());
        register(PathTable.class, core.pathTable());
        register(KnownDestinations.class, core.knownDestinations());
        register(HealthCheck.class, core.interfaceCheck());
        register(HealthCheck.class, core.pathCheck());
        register(MetricSource.class, core.metrics());
    }

    @Deactivate
    void close() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
        core.stop();
        threads.close();
    }

    private <T> void register(Class<T> type, T service) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(NETWORK, settings.network());
        registrations.add(context.registerService(type, service, properties));
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindInterface(MeshInterface medium) {
        if (medium.policy().network().equals(settings.network())) {
            core.attach(medium);
        }
    }

    void unbindInterface(MeshInterface medium) {
        core.detach(medium);
    }

    @Reference(
            target = "(" + CryptoSuite.SUITE + "=" + CryptoSuite.RETICULUM + ")",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSuite(CryptoSuite present) {
        suite = present;
    }

    void unbindSuite(CryptoSuite gone) {
        if (suite == gone) {
            suite = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStrategy(RoutingStrategy present) {
        strategy = present;
    }

    void unbindStrategy(RoutingStrategy gone) {
        if (strategy == gone) {
            strategy = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindListener(AnnounceListener listener) {
        listeners.add(listener);
    }

    void unbindListener(AnnounceListener listener) {
        listeners.remove(listener);
    }
}
