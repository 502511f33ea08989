package io.kairos.core.router;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.Networks;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.routing.RoutingStrategy;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.core.router.announce.Listeners;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What the routers of all networks have in common: finds suites, strategies and listeners as services and copes with each
 * of them coming and going. Interfaces come from {@link InterfaceDesk}.
 */
abstract class RouterHost {

    private final BundleContext context;
    private final Clock clock;
    private final Timers timers;
    private final Store store;
    private final InterfaceDesk desk;
    private final Listeners listeners = new Listeners();
    private volatile CryptoSuite suite;
    private volatile RoutingStrategy strategy;
    private volatile RouterSettings settings;

    private RouterRun run; // owned by whoever calls begin and end, one at a time

    RouterHost(
            BundleContext context,
            RouterSettings settings,
            Clock clock,
            Timers timers,
            Store store,
            InterfaceDesk desk) {
        this.context = context;
        this.settings = settings;
        this.clock = clock;
        this.timers = timers;
        this.store = store;
        this.desk = desk;
    }

    final void begin(IdentityStore own) {
        run = new RouterRun(
                context,
                desk,
                settings,
                threads -> new Collaborators(
                        clock,
                        timers,
                        () -> Optional.ofNullable(suite),
                        () -> Optional.ofNullable(strategy),
                        listeners::all,
                        store,
                        own.node(),
                        threads.tables(),
                        threads.workers(),
                        threads.verifiers(),
                        threads.storage(),
                        new SecureRandom()));
        run.open();
    }

    /** Begins anew where something has changed; settings that say the same disturb nothing. */
    final void change(RouterSettings next, IdentityStore own) {
        if (!next.equals(settings)) {
            end();
            settings = next;
            begin(own);
        }
    }

    final void end() {
        if (run != null) {
            run.close();
            run = null;
        }
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
    void bindListener(AnnounceListener listener, Map<String, Object> properties) {
        if (settings.network().equals(Networks.of(properties))) {
            listeners.add(listener);
        }
    }

    void unbindListener(AnnounceListener listener) {
        listeners.remove(listener);
    }
}
