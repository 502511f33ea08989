package io.kairos.admin.shell;

import io.kairos.api.admin.ReticulumImport;
import io.kairos.api.files.FileTransfers;
import io.kairos.api.files.RemoteCommands;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.Networks;
import io.kairos.api.link.Endpoints;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Services of the running framework, held for one command and then given back. Parts of a network are told apart by their
 * service property; everything else is there for all networks. Threads: one.
 */
public final class OsgiServices implements Services, AutoCloseable {

    private static final Set<Class<?>> PARTS = Set.of(
            Router.class,
            PacketRouter.class,
            PathTable.class,
            KnownDestinations.class,
            Endpoints.class,
            IdentityStore.class,
            // they work in the main network alone, so they are not there in another one
            FileTransfers.class,
            RemoteCommands.class,
            ReticulumImport.class);

    private final BundleContext context;
    private final Optional<String> network;
    private final List<ServiceReference<?>> held;

    /** Of all networks. */
    public OsgiServices(BundleContext context) {
        this(context, Optional.empty(), new ArrayList<>());
    }

    private OsgiServices(BundleContext context, Optional<String> network, List<ServiceReference<?>> held) {
        this.context = context;
        this.network = network;
        this.held = held;
    }

    @Override
    public Services in(String one) {
        return new OsgiServices(context, Optional.of(one), held);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> List<T> all(Class<T> type) {
        ServiceReference<T>[] references = (ServiceReference<T>[]) references(type);
        Arrays.sort(references, Collections.reverseOrder());
        List<T> found = new ArrayList<>();
        for (ServiceReference<T> reference : references) {
            if (PARTS.contains(type) && network.isPresent() && !network.get().equals(networkOf(reference))) {
                continue;
            }
            T service = context.getService(reference);
            // null: it went away between the two calls, or its component could not be made
            if (service != null) {
                held.add(reference);
                found.add(service);
            }
        }
        return found;
    }

    private static String networkOf(ServiceReference<?> reference) {
        Object network = reference.getProperty(Networks.PROPERTY);
        return network == null ? Networks.MAIN : network.toString();
    }

    private ServiceReference<?>[] references(Class<?> type) {
        try {
            ServiceReference<?>[] references = context.getServiceReferences(type.getName(), null);
            return references == null ? new ServiceReference<?>[0] : references;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter was given", e);
        }
    }

    @Override
    public void close() {
        held.forEach(context::ungetService);
        held.clear();
    }
}
