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

/**
 * A program in the node as a third party would write it: a destination that answers each question with the question, open
 * whenever the node's endpoints are there. Offers a {@link Runnable} that announces, with the address as a property.
 */
public final class EchoProgram implements BundleActivator {

    /** Service property: where it answers. */
    public static final String ADDRESS = "kairos.test.echo";

    private ServiceTracker<IdentityStore, IdentityStore> identities;
    private ServiceTracker<Endpoints, Endpoints> endpoints;

    // ---- guarded by this ----
    private BundleContext context;
    private LocalDestination echo;
    private ServiceRegistration<Runnable> registration;

    @Override
    public void start(BundleContext started) {
        context = started;
        identities = new ServiceTracker<>(started, IdentityStore.class, null) {
            @Override
            public IdentityStore addingService(ServiceReference<IdentityStore> reference) {
                IdentityStore present = super.addingService(reference);
                begin(present, endpoints.getService());
                return present;
            }
        };
        endpoints = new ServiceTracker<>(started, Endpoints.class, null) {
            @Override
            public Endpoints addingService(ServiceReference<Endpoints> reference) {
                Endpoints present = super.addingService(reference);
                begin(identities.getService(), present);
                return present;
            }

            @Override
            public void removedService(ServiceReference<Endpoints> reference, Endpoints gone) {
                end();
                super.removedService(reference, gone);
            }
        };
        identities.open();
        endpoints.open();
    }

    @Override
    public void stop(BundleContext stopped) {
        endpoints.close();
        identities.close();
        end();
    }

    /** Another keeper of the same identity changes nothing. */
    private synchronized void begin(IdentityStore keeper, Endpoints present) {
        if (keeper == null || present == null || echo != null) {
            return;
        }
        LocalDestination opened = present.open(DestinationSettings.single("kairos.test.echo", keeper.node()));
        opened.onRequest(
                "/echo", LocalDestination.Access.EVERYBODY, Set.of(), request -> String.valueOf(request.data()));
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(ADDRESS, opened.address().toHex());
        registration = context.registerService(Runnable.class, () -> opened.announce(Optional.empty()), properties);
        echo = opened;
    }

    private synchronized void end() {
        if (echo != null) {
            registration.unregister();
            echo.close();
            echo = null;
        }
    }
}
