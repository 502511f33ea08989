package io.kairos.core.router;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
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
 * What the routers of all networks have in common: runs one as soon as there is a store and an identity, finds suites,
 * strategies and listeners as services, and copes with each of them coming and going. A router that runs goes on while the
 * store or who keeps the identity is replaced. Interfaces come from {@link InterfaceDesk}.
 */
abstract class RouterHost {

    private final BundleContext context;
    private final Clock clock;
    private final Timers timers;
    private final InterfaceDesk desk;
    private final Listeners listeners = new Listeners();
    private final HeldStore store = new HeldStore();
    private final HeldIdentity identity = new HeldIdentity();
    private volatile CryptoSuite suite;
    private volatile RoutingStrategy strategy;
    private volatile RouterSettings settings;

    // ---- guarded by this ----
    private boolean opened;
    private RouterRun run;

    RouterHost(BundleContext context, RouterSettings settings, Clock clock, Timers timers, InterfaceDesk desk) {
        this.context = context;
        this.settings = settings;
        this.clock = clock;
        this.timers = timers;
        this.desk = desk;
    }

    /** After all services that are there have been bound. */
    synchronized void open() {
        opened = true;
        begin();
    }

    synchronized void close() {
        opened = false;
        end();
    }

    private void begin() {
        if (!opened || run != null || !store.isThere() || !identity.isThere()) {
            return;
        }
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
                        identity,
                        threads.tables(),
                        threads.workers(),
                        threads.verifiers(),
                        threads.storage(),
                        new SecureRandom()));
        run.open();
    }

    /** Begins anew where something has changed; settings that say the same disturb nothing. */
    final synchronized void change(RouterSettings next) {
        if (!next.equals(settings)) {
            end();
            settings = next;
            begin();
        }
    }

    private void end() {
        if (run != null) {
            run.close(store.isThere());
            run = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindStore(Store present) {
        store.bind(present);
        begin();
    }

    /** The store still works within this call; it may be the last one before the node stops. */
    synchronized void unbindStore(Store gone) {
        if (store.is(gone) && run != null) {
            run.save();
        }
        store.unbind(gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindIdentities(IdentityStore present, Map<String, Object> properties) {
        if (settings.network().equals(Networks.of(properties))) {
            LocalIdentity own = present.node();
            if (!identity.isSameAs(own)) {
                end(); // another node: its address is part of each packet that is forwarded
            }
            identity.bind(own);
            begin();
        }
    }

    /** The router goes on with the identity it has. */
    void unbindIdentities(IdentityStore gone) {
        // the one that comes in its place is bound; without one there is nothing to change to
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
