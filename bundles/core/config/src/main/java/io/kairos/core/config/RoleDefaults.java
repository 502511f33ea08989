package io.kairos.core.config;

import io.kairos.api.admin.Configurations;
import io.kairos.api.admin.Configurations.Problem;
import io.kairos.api.admin.RoleSettings;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.role.NodeRole;
import io.kairos.api.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills in what the roles of this node say where its operator says nothing. It stands behind {@link ConfigurationGuard}, so
 * that what is remembered as an operator's good settings never holds a role's value, and nothing is written anywhere: when a
 * role leaves, everything is as it was.
 *
 * <p>When roles come or go, exactly those configurations are handed over again for which something changes, a moment
 * later, so that leaving one role and taking another is one change for the rest of the node.
 *
 * <p>Threads: any; configurations are handed over on a thread of its own.
 */
@Component(
        immediate = true,
        service = {ConfigurationPlugin.class, RoleSettings.class, HealthCheck.class},
        property = ConfigurationPlugin.CM_RANKING + ":Integer=950") // after the guard
public final class RoleDefaults implements ConfigurationPlugin, RoleSettings, HealthCheck {

    /** How long roles must have been quiet. */
    static final Duration SETTLE = Duration.ofMillis(300);

    private static final Logger LOG = LoggerFactory.getLogger(RoleDefaults.class);
    private static final String OURS = "(service.pid=io.kairos.*)";

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final Configurations configurations;
    private final Timers timers;
    private final ExecutorService handover = new ThreadPoolExecutor(
            0, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(16), task -> new Thread(task, "kairos-config-roles"));
    private final Map<NodeRole, RoleOrder.Entry> present = new ConcurrentHashMap<>();

    /** What counted since configurations were last handed over, because a part may have been told any of it. */
    private final List<RoleOrder> since = new ArrayList<>(); // guarded by present

    private volatile RoleOrder order = new RoleOrder(List.of());

    @Activate
    public RoleDefaults(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference Configurations configurations,
            @Reference Timers timers) {
        this.context = context;
        this.admin = admin;
        this.configurations = configurations;
        this.timers = timers;
    }

    @Activate
    void start() {
        changed(); // an earlier run may have left a configuration without a role
    }

    @Deactivate
    void stop() {
        handover.shutdown();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addRole(NodeRole role, Map<String, Object> properties) {
        int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
        Map<String, Map<String, String>> defaults = new TreeMap<>();
        role.defaults().forEach((pid, values) -> defaults.put(pid, Map.copyOf(values)));
        RoleOrder.Entry entry = new RoleOrder.Entry(role.name(), ranking, defaults);
        synchronized (present) {
            present.put(role, entry);
            since.add(order);
            order = order.with(entry);
        }
        changed();
    }

    void removeRole(NodeRole role) {
        synchronized (present) {
            since.add(order);
            order = order.without(present.remove(role));
        }
        changed();
    }

    @Override
    public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> properties) {
        Edit.of(properties).ifPresent(edit -> missing(edit, order).forEach(properties::put));
    }

    @Override
    public List<Value> values() {
        return new RoleReport(order, edits(), this::wrong).values();
    }

    @Override
    public String subject() {
        return "role settings";
    }

    @Override
    public List<Finding> examine() {
        return new RoleReport(order, edits(), this::wrong).findings();
    }

    /** What the roles put beside the operator's own settings. */
    private Map<String, String> missing(Edit edit, RoleOrder counting) {
        Map<String, String> given = new TreeMap<>(counting.values(edit.declaredAs()));
        given.keySet().removeAll(edit.settings().keySet());
        if (!given.isEmpty()) {
            given.keySet().removeAll(wrong(edit, given).keySet());
        }
        return given;
    }

    /** What the part itself refuses, by key. */
    private Map<String, Problem> wrong(Edit edit, Map<String, String> given) {
        Map<String, Object> whole = new HashMap<>(edit.settings());
        whole.putAll(given);
        Map<String, Problem> wrong = new HashMap<>();
        for (Problem problem : configurations.check(edit.declaredAs(), whole)) {
            if (given.containsKey(problem.key())) {
                wrong.put(problem.key(), problem);
            }
        }
        return wrong;
    }

    private void changed() {
        if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING) {
            return; // everything goes; there is nobody to hand anything to
        }
        timers.after(SETTLE, () -> {
            try {
                handover.execute(this::handOver);
            } catch (RejectedExecutionException e) {
                LOG.debug("This bundle has been stopped, or enough of the same is waiting", e);
            }
        });
    }

    private void handOver() {
        List<RoleOrder> before;
        RoleOrder now;
        synchronized (present) {
            before = List.copyOf(since);
            since.clear();
            now = order;
        }
        List<String> there = new ArrayList<>();
        for (Configuration configuration : listed()) {
            attempt("a configuration", () -> handOver(configuration, before, now, there));
        }
        for (String pid : now.singles()) {
            if (!there.contains(pid)) {
                attempt(pid, () -> admin.getConfiguration(pid, "?").update(placeholder()));
            }
        }
    }

    private void handOver(Configuration configuration, List<RoleOrder> before, RoleOrder now, List<String> there)
            throws IOException {
        Dictionary<String, Object> properties = configuration.getProperties();
        Optional<Edit> edit = properties == null ? Optional.empty() : Edit.of(properties);
        if (edit.isEmpty()) {
            return;
        }
        String pid = edit.get().pid();
        if (properties.get(Edit.PLACEHOLDER) != null && !now.singles().contains(pid)) {
            configuration.delete();
            return;
        }
        there.add(pid);
        Map<String, String> given = missing(edit.get(), now);
        if (before.stream().anyMatch(old -> !missing(edit.get(), old).equals(given))) {
            configuration.update(properties);
        }
    }

    /** Components without a settings file have no configuration that could be filled in; they get an empty one. */
    private static Dictionary<String, Object> placeholder() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Edit.PLACEHOLDER, "true");
        return properties;
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void attempt(String what, Step step) {
        try {
            step.run();
        } catch (IllegalStateException e) {
            LOG.debug("A configuration was deleted while a role looked at it", e);
        } catch (IOException e) {
            LOG.warn("What a role says about {} could not be handed over; save its file once more", what, e);
        }
    }

    private List<Edit> edits() {
        List<Edit> edits = new ArrayList<>();
        for (Configuration configuration : listed()) {
            Dictionary<String, Object> properties = configuration.getProperties();
            if (properties != null) {
                Edit.of(properties).ifPresent(edits::add);
            }
        }
        edits.sort(Comparator.comparing(Edit::shown));
        return edits;
    }

    private List<Configuration> listed() {
        try {
            Configuration[] found = admin.listConfigurations(OURS);
            return found == null ? List.of() : List.of(found);
        } catch (IOException e) {
            LOG.warn("The configurations cannot be read; roles have no effect on them", e);
            return List.of();
        } catch (IllegalStateException e) {
            LOG.debug("The configuration service has gone; so does this bundle", e);
            return List.of();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("a filter of our own", e);
        }
    }
}
