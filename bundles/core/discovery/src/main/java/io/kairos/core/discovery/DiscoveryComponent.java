package io.kairos.core.discovery;

import io.kairos.api.admin.DiscoveredInterfaces;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.Networks;
import io.kairos.api.link.Endpoints;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.routing.Router;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Discovery of the main network in the container. It listens to announces only while it is switched on. */
@Component(immediate = true, configurationPid = "io.kairos.core.discovery")
@Designate(ocd = DiscoveryConfig.class)
public final class DiscoveryComponent implements DiscoveredInterfaces {

    private final List<MeshInterface> interfaces = new CopyOnWriteArrayList<>();
    private final DiscoveryCore core;
    private final ExecutorService worker = oneThread("kairos-discovery-check");
    private final ExecutorService finder = oneThread("kairos-discovery-stamp");
    private final ServiceRegistration<AnnounceListener> listening;

    @Activate
    public DiscoveryComponent(
            BundleContext context,
            DiscoveryConfig config,
            @Reference(target = "(" + CryptoSuite.SUITE + "=" + CryptoSuite.RETICULUM + ")") CryptoSuite suite,
            @Reference(target = Networks.IN_MAIN) Endpoints endpoints,
            @Reference(target = Networks.IN_MAIN) Router router,
            @Reference(target = Networks.IN_MAIN) KnownDestinations known,
            @Reference(target = Networks.IN_MAIN) IdentityStore identities,
            @Reference ConfigurationAdmin configurations,
            @Reference Store store,
            @Reference Clock clock,
            @Reference Timers timers) {
        DiscoverySettings settings = DiscoverySettings.readable(config);
        core = new DiscoveryCore(
                settings,
                new DiscoveryCore.Node(
                        suite,
                        endpoints,
                        router,
                        known,
                        identities,
                        () -> interfaces,
                        new ConfiguredClients(configurations),
                        store,
                        clock,
                        timers),
                worker,
                finder);
        listening = settings.collects() ? context.registerService(AnnounceListener.class, core.listener(), null) : null;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindInterface(MeshInterface present) {
        interfaces.add(present);
    }

    void unbindInterface(MeshInterface gone) {
        interfaces.remove(gone);
    }

    /** Ends by itself when there is nothing to do. */
    private static ExecutorService oneThread(String name) {
        return new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(16), task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public List<Found> all() {
        return core.all();
    }

    @Override
    public Optional<String> configEntry(Found found) {
        return core.configEntry(found);
    }

    @Override
    public Optional<String> networkIdentity() {
        return core.networkIdentity();
    }

    @Deactivate
    void close() {
        if (listening != null) {
            listening.unregister();
        }
        core.close();
        worker.shutdownNow();
        finder.shutdownNow();
    }
}
