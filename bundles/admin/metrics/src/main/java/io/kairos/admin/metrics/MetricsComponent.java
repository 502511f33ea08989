package io.kairos.admin.metrics;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.health.Metric;
import io.kairos.api.health.MetricSource;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the page of numbers open as its settings say, and asks every source that is there whenever somebody reads it. A port that is
 * taken is tried again every {@link #RETRY}. Threads: any.
 */
@Component(immediate = true, configurationPid = MetricsComponent.PID, service = HealthCheck.class)
@Designate(ocd = MetricsConfig.class)
public final class MetricsComponent implements HealthCheck {

    static final String PID = "io.kairos.admin.metrics";

    static final Duration RETRY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(MetricsComponent.class);

    private final Timers timers;
    private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
    private final Set<String> failed = new CopyOnWriteArraySet<>(); // classes of sources

    // ---- guarded by this ----
    private MetricsConfig config;
    private MetricsDoor door;
    private MeshException failure;
    private Timers.Timer retry;
    private boolean ended;

    @Activate
    public MetricsComponent(MetricsConfig config, @Reference Timers timers) {
        this.config = config;
        this.timers = timers;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addSource(MetricSource source) {
        sources.add(source);
    }

    void removeSource(MetricSource source) {
        sources.remove(source);
    }

    @Activate
    synchronized void open() {
        if (ended || door != null) {
            return;
        }
        try {
            MetricsSettings settings = MetricsSettings.from(config);
            door = MetricsDoor.open(settings, this::page);
            failure = null;
            LOG.info("numbers about this node: http://{}/metrics", settings);
        } catch (MeshException e) {
            if (failure == null || !failure.failure().equals(e.failure())) {
                LOG.warn("{}. {}", e.getMessage(), e.remedy());
            }
            failure = e;
            if (e.kind() == Failure.Kind.NETWORK) {
                retry = timers.after(RETRY, this::open);
            }
        }
    }

    @Modified
    synchronized void modified(MetricsConfig changed) {
        config = changed;
        shut();
        open();
    }

    @Deactivate
    synchronized void close() {
        ended = true;
        shut();
    }

    private void shut() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        if (door != null) {
            door.close();
            door = null;
        }
    }

    @Override
    public String subject() {
        return "metrics";
    }

    @Override
    public synchronized List<Finding> examine() {
        return failure != null && door == null
                ? List.of(Finding.warning(failure.getMessage(), failure.remedy()))
                : List.of(
                        Finding.ok("Numbers about this node are offered on port " + (door == null ? 0 : door.port())));
    }

    private String page() {
        List<Metric> all = new ArrayList<>();
        for (MetricSource source : sources) {
            try {
                all.addAll(source.metrics());
            } catch (RuntimeException e) { // a plugin's fault must not cost the others their numbers
                if (failed.add(source.getClass().getName())) {
                    LOG.warn(
                            "{} has no numbers now; said once",
                            source.getClass().getName(),
                            e);
                }
            }
        }
        return OpenMetricsPage.of(all);
    }
}
