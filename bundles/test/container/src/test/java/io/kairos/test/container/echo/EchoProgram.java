package io.kairos.test.container.echo;

import io.kairos.api.identity.IdentityStore;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * A program in the node as a third party would write it: a destination that answers each question with the question, open
 * whenever the node's endpoints are there. Offers a {@link Runnable} that announces, with the address as a property.
 */
public final class EchoProgram implements BundleActivator, ServiceTrackerCustomizer<Endpoints, LocalDestination> {

    /** Service property: where it answers. */
    public static final String ADDRESS = "kairos.test.echo";

    private BundleContext context;
    private ServiceTracker<IdentityStore, IdentityStore> identities;
    private ServiceTracker<Endpoints, LocalDestination> endpoints;
    private ServiceRegistration<Runnable> registration;

    @Override
    public void start(BundleContext started) throws Exception {
        context = started;
        identities = new ServiceTracker<>(context, IdentityStore.class, null);
        identities.open();
        endpoints = new ServiceTracker<>(context, Endpoints.class, this);
        Thread opening = new Thread(this::open, "echo-opening"); // the identity may come after the endpoints
        opening.setDaemon(true);
        opening.start();
    }

    private void open() {
        try {
            if (identities.waitForService(60_000) != null) {
                endpoints.open();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException stopped) {
            return; // nobody waits any more
        }
    }

    @Override
    public void stop(BundleContext stopped) {
        endpoints.close();
        identities.close();
    }

    @Override
    public LocalDestination addingService(ServiceReference<Endpoints> reference) {
        LocalDestination echo = context.getService(reference)
                .open(DestinationSettings.single(
                        "kairos.test.echo", identities.getService().node()));
        echo.onRequest("/echo", LocalDestination.Access.EVERYBODY, Set.of(), request -> String.valueOf(request.data()));
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(ADDRESS, echo.address().toHex());
        registration = context.registerService(Runnable.class, () -> echo.announce(Optional.empty()), properties);
        return echo;
    }

    @Override
    public void modifiedService(ServiceReference<Endpoints> reference, LocalDestination echo) {
        // its properties mean nothing here
    }

    @Override
    public void removedService(ServiceReference<Endpoints> reference, LocalDestination echo) {
        registration.unregister();
        echo.close();
    }
}
