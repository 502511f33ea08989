package io.kairos.core.management;

import io.kairos.api.admin.ProgramCalls;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.Networks;
import io.kairos.api.link.Endpoints;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The management destinations of one further network, and the answers to its local programs, while all parts of that network are there. Which services are its own
 * is known only when its configuration is, so they are chosen here and not by a filter.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = Networks.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class NetworkManagementComponent {

    private final BundleContext context;
    private final Optional<String> network;
    private final ManagementSettings settings;
    private final Store store;
    private final Clock clock;
    private final Timers timers;

    // ---- guarded by this ----
    private final Map<Class<?>, Object> parts = new HashMap<>();
    private ManagementCore core;
    private RunningAnswers answers;
    private ServiceRegistration<ProgramCalls> registration;
    private boolean opened;

    @Activate
    public NetworkManagementComponent(
            BundleContext context,
            ManagementConfig config,
            Map<String, Object> properties,
            @Reference Store store,
            @Reference Clock clock,
            @Reference Timers timers) {
        this.context = context;
        this.network = Networks.madeBy(properties);
        this.settings = ManagementSettings.readable(config);
        this.store = store;
        this.clock = clock;
        this.timers = timers;
    }

    @Activate
    synchronized void open() {
        opened = true;
        begin();
    }

    @Deactivate
    synchronized void close() {
        opened = false;
        end();
    }

    private synchronized <T> void bind(Class<T> type, T present, Map<String, Object> properties) {
        if (network.filter(Networks.of(properties)::equals).isPresent()) {
            end();
            parts.put(type, present);
            begin();
        }
    }

    private synchronized void unbind(Class<?> type, Object gone) {
        if (parts.get(type) == gone) {
            end();
            parts.remove(type);
        }
    }

    private void begin() {
        if (opened && parts.size() == 5) {
            core = new ManagementCore(
                    settings,
                    new ManagementCore.Node(
                            part(Endpoints.class),
                            part(Router.class),
                            part(PathTable.class),
                            part(KnownDestinations.class),
                            part(IdentityStore.class),
                            Optional::empty,
                            store,
                            clock,
                            timers));
            answers = new RunningAnswers(
                    part(Router.class),
                    part(PathTable.class),
                    part(KnownDestinations.class),
                    Optional::empty,
                    clock,
                    timers);
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Networks.PROPERTY, network.orElseThrow());
            properties.put(Constants.SERVICE_RANKING, -1); // whoever does not look at the network gets the main one
            registration = context.registerService(ProgramCalls.class, answers, properties);
        }
    }

    private <T> T part(Class<T> type) {
        return type.cast(parts.get(type));
    }

    private void end() {
        if (core != null) {
            registration.unregister();
            answers.close();
            core.close();
            core = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindEndpoints(Endpoints present, Map<String, Object> properties) {
        bind(Endpoints.class, present, properties);
    }

    void unbindEndpoints(Endpoints gone) {
        unbind(Endpoints.class, gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRouter(Router present, Map<String, Object> properties) {
        bind(Router.class, present, properties);
    }

    void unbindRouter(Router gone) {
        unbind(Router.class, gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPaths(PathTable present, Map<String, Object> properties) {
        bind(PathTable.class, present, properties);
    }

    void unbindPaths(PathTable gone) {
        unbind(PathTable.class, gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindKnown(KnownDestinations present, Map<String, Object> properties) {
        bind(KnownDestinations.class, present, properties);
    }

    void unbindKnown(KnownDestinations gone) {
        unbind(KnownDestinations.class, gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindIdentities(IdentityStore present, Map<String, Object> properties) {
        bind(IdentityStore.class, present, properties);
    }

    void unbindIdentities(IdentityStore gone) {
        unbind(IdentityStore.class, gone);
    }
}
