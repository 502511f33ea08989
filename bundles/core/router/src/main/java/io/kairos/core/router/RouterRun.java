package io.kairos.core.router;

import io.kairos.api.health.HealthCheck;
import io.kairos.api.health.MetricSource;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.Networks;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.MeshInterface;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * One router at work: its threads, its core, its interfaces, and what it offers as services. The services are registered by
 * hand, because two of the contracts have a method {@code size()} each with another meaning, and because each carries the
 * network.
 */
final class RouterRun implements InterfaceDesk.Host {

    private final BundleContext context;
    private final InterfaceDesk desk;
    private final String network;
    private final boolean forwards;
    private final RouterThreads threads;
    private final RouterCore core;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    RouterRun(
            BundleContext context,
            InterfaceDesk desk,
            RouterSettings settings,
            Function<RouterThreads, Collaborators> collaborators) {
        this.context = context;
        this.desk = desk;
        this.network = settings.network();
        this.forwards = settings.forward();
        this.threads =
                new RouterThreads(network, Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
        this.core = new RouterCore(settings, collaborators.apply(threads));
    }

    /** Interfaces come first: stored paths are tied to them. */
    void open() {
        core.watch(desk::changed);
        desk.join(network, this);
        core.start();
        register(PacketRouter.class, core.packetRouter());
        register(Router.class, core.router());
        register(PathTable.class, core.pathTable());
        register(KnownDestinations.class, core.knownDestinations());
        register(HealthCheck.class, core.interfaceCheck());
        register(HealthCheck.class, core.pathCheck());
        register(MetricSource.class, core.metrics());
    }

    /** Stores the tables now; returns when they are stored or cannot be. */
    void save() {
        core.save();
    }

    /** @param save whether there is a store that takes the tables */
    void close(boolean save) {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
        desk.leave(network, this);
        core.stop(save);
        threads.close();
    }

    @Override
    public void attach(MeshInterface medium) {
        core.attach(medium);
    }

    @Override
    public void detach(MeshInterface medium) {
        core.detach(medium);
    }

    @Override
    public boolean forwards() {
        return forwards;
    }

    /** Whoever does not look at the network gets the main one as long as it is there. */
    private <T> void register(Class<T> type, T service) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Networks.PROPERTY, network);
        properties.put(Constants.SERVICE_RANKING, network.equals(Networks.MAIN) ? 0 : -1);
        registrations.add(context.registerService(type, service, properties));
    }
}
