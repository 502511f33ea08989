package io.kairos.core.store;

import io.kairos.api.failure.MeshException;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.store.Store;
import io.kairos.api.time.Timers;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the store and offers it as a service for as long as it is open. Where it cannot be opened there is no service and
 * everything that needs one waits, while {@code mesh:doctor} tells why; it is tried again every few seconds, so an
 * operator who puts back a missing key need not restart the node.
 */
@Component(immediate = true, service = HealthCheck.class, configurationPid = "io.kairos.core.store")
@Designate(ocd = StoreConfig.class)
public final class StoreComponent implements HealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(StoreComponent.class);
    private static final String FOLDER = "folder"; // service property: where the store is, to tell the operator
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final BundleContext context;
    private final String base;
    private final String setting;

    // ---- guarded by this ----
    private DiskStore store;
    private ServiceRegistration<Store> registration;
    private MeshException refusal;
    private Timers timers;
    private Timers.Timer retry;
    private boolean ended;

    @Activate
    public StoreComponent(BundleContext context, StoreConfig config) {
        this.context = context;
        this.base = context.getProperty("karaf.base");
        this.setting = config.folder();
    }

    /** The timers come and go; without them a store that could not be opened is tried again by {@code mesh:doctor}. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void setTimers(Timers present) {
        timers = present;
        scheduleRetry();
    }

    synchronized void unsetTimers(Timers gone) {
        if (timers == gone) {
            timers = null;
            retry = null;
        }
    }

    /** Called by the component runtime when the references are there; opening a store takes milliseconds. */
    @Activate
    void open() {
        DiskStore opened = tryOpen();
        if (opened == null) {
            return;
        }
        // Without the lock: whoever waits for a store begins to work within this call.
        ServiceRegistration<Store> registered = context.registerService(
                Store.class,
                opened,
                FrameworkUtil.asDictionary(Map.of(FOLDER, opened.folder().toString())));
        boolean late;
        synchronized (this) {
            late = ended;
            registration = late ? null : registered;
        }
        if (late) {
            registered.unregister();
        }
    }

    private synchronized DiskStore tryOpen() {
        retry = null;
        if (ended || store != null) {
            return null;
        }
        try {
            store = new DiskStore(folder());
            refusal = null;
            LOG.info("The store is open in {}", store.folder());
            return store;
        } catch (MeshException e) {
            boolean isNew = refusal == null || !refusal.getMessage().equals(e.getMessage());
            refusal = e;
            if (isNew) {
                LOG.error("The node cannot use its store: {}. {}", e.getMessage(), e.remedy());
            }
            scheduleRetry();
            return null;
        }
    }

    @Override
    public String subject() {
        return "store";
    }

    @Override
    public List<Finding> examine() {
        DiskStore present;
        MeshException why;
        synchronized (this) {
            present = store;
            why = refusal;
        }
        if (present != null) {
            return StoreCheck.examine(present.folder(), present.recovered());
        }
        return List.of(
                why == null
                        ? Finding.error("The store is not open", "Look into the log for the reason.")
                        : Finding.error(why.getMessage(), why.remedy()));
    }

    @Deactivate
    void close() {
        ServiceRegistration<Store> registered;
        DiskStore open;
        synchronized (this) {
            ended = true;
            if (retry != null) {
                retry.cancel();
            }
            registered = registration;
            open = store;
            registration = null;
            store = null;
        }
        if (registered != null) {
            registered.unregister(); // calls out: users write their last state now
        }
        if (open != null) {
            open.close();
        }
    }

    private void scheduleRetry() {
        if (refusal != null && timers != null && retry == null && !ended) {
            retry = timers.after(RETRY, this::open);
        }
    }

    private Path folder() {
        try {
            return Path.of(base == null ? "" : base).resolve(setting.isBlank() ? "store" : setting.strip());
        } catch (InvalidPathException e) {
            throw StorageFailures.setting(setting, e);
        }
    }
}
