package io.kairos.core.identity;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MeshException;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.Networks;
import io.kairos.api.store.Store;
import io.kairos.api.time.Timers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
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
 * Offers the node's identities in one network as a service as soon as the node's own exists, and keeps offering them while the store or
 * the crypto suite is being replaced.
 *
 * <p>Whenever something it needs comes or goes it settles: one thread at a time compares what is there with what is offered,
 * and no lock is held while the service is registered or withdrawn.
 */
@Component(immediate = true, service = HealthCheck.class)
public class IdentityComponent implements HealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityComponent.class);

    private final BundleContext context;
    private final String network;
    private final SecureRandom random = new SecureRandom();
    private final CurrentSuite suite = new CurrentSuite();
    private final Retry retry = new Retry(this::settle);

    // ---- guarded by this ----
    private Store store;
    private Path location = Path.of("");
    private boolean started;
    private boolean ended;
    private boolean settling;
    private boolean settleAgain;

    // ---- owned by the thread that settles ----
    private Store openedFrom;
    private ServiceRegistration<IdentityStore> registration;
    private String reported = "";

    private volatile StoredIdentities offered;
    private volatile MeshException refusal;

    @Activate
    public IdentityComponent(BundleContext context) {
        this(context, Networks.MAIN);
    }

    IdentityComponent(BundleContext context, String network) {
        this.context = context;
        this.network = network;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setStore(Store present, Map<String, Object> properties) {
        synchronized (this) {
            store = present;
            location = Path.of(String.valueOf(properties.getOrDefault("folder", "")));
        }
        settle();
    }

    void unsetStore(Store gone) {
        synchronized (this) {
            if (store == gone) {
                store = null;
            }
        }
        settle();
    }

    @Reference(
            target = "(" + CryptoSuite.SUITE + "=" + CryptoSuite.RETICULUM + ")",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSuite(CryptoSuite present) {
        suite.set(present);
        settle();
    }

    void unsetSuite(CryptoSuite gone) {
        suite.clear(gone);
    }

    /** Only for trying again; without timers the next change of store or suite does it. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setTimers(Timers present) {
        retry.use(present);
        settle();
    }

    void unsetTimers(Timers gone) {
        retry.forget(gone);
    }

    @Activate
    void start() {
        synchronized (this) {
            started = true;
        }
        settle();
    }

    @Deactivate
    void stop() {
        synchronized (this) {
            ended = true;
        }
        settle();
    }

    @Override
    public String subject() {
        return network.equals(Networks.MAIN) ? "identity" : "identity, network " + network;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        StoredIdentities present = offered;
        MeshException why = refusal;
        if (why != null) {
            findings.add(Finding.error(why.getMessage(), why.remedy()));
        }
        if (present == null && why == null) {
            findings.add(Finding.error(
                    "The node has no identity yet: it waits for its store", "mesh:doctor tells what is wrong."));
        }
        if (present != null) {
            findings.add(Finding.ok("%d identities, the node's own among them"
                    .formatted(present.all().size())));
            present.unreadable().forEach(e -> findings.add(Finding.error(e.getMessage(), e.remedy())));
            if (suite.find().isEmpty()) {
                findings.add(Finding.error(
                        "No crypto suite is present, so nothing can be signed or decrypted",
                        "feature:install kairos-crypto-reticulum"));
            }
        }
        return findings;
    }

    private void settle() {
        synchronized (this) {
            if (!started) {
                return;
            }
            if (settling) {
                settleAgain = true;
                return;
            }
            settling = true;
        }
        boolean again = true;
        while (again) {
            step();
            synchronized (this) {
                again = settleAgain;
                settleAgain = false;
                settling = again;
            }
        }
    }

    private void step() {
        Store present;
        Path where;
        boolean end;
        synchronized (this) {
            present = store;
            where = location;
            end = ended;
        }
        if (end) {
            withdraw();
            return;
        }
        if (present == openedFrom && (present == null || refusal == null)) {
            return;
        }
        if (present == null) {
            openedFrom = null;
            refusal = null;
            if (offered != null) {
                offered.useStore(Optional.empty());
            }
            return;
        }
        open(present, where);
    }

    private void open(Store present, Path where) {
        openedFrom = present;
        try {
            if (!suite.isComplete() && !StoredIdentities.hasNode(network, present)) {
                waitForSuite();
                return;
            }
            StoredIdentities opened = StoredIdentities.open(network, present, where, suite, random);
            succeeded();
            if (offered != null && offered.location().equals(where) && offered.isSameAs(opened)) {
                offered.useStore(Optional.of(present)); // the store was replaced, not its content
                return;
            }
            withdraw();
            offer(opened);
        } catch (MeshException e) {
            refusal = e;
            report(e);
            retry.later();
        }
    }

    /** The suite and what it is made of come one after the other at a first start; no word in the log unless it lasts. */
    private void waitForSuite() {
        refusal = IdentityFailures.waitsForSuite();
        if (suite.find().isPresent() && retry.later()) {
            report(refusal);
        }
    }

    private void report(MeshException why) {
        if (!reported.equals(why.getMessage())) {
            reported = why.getMessage();
            LOG.error("The node has no identity to work with: {}. {}", why.getMessage(), why.remedy());
        }
    }

    private void succeeded() {
        refusal = null;
        reported = "";
        retry.beginAnew();
    }

    private void offer(StoredIdentities opened) {
        offered = opened;
        if (opened.isNew()) {
            LOG.info(
                    "A new identity was made for this node in the network {} and is kept in {}; back up that folder,"
                            + " without it the node is another one",
                    network,
                    opened.location());
        }
        opened.unreadable().forEach(e -> LOG.error("{}. {}", e.getMessage(), e.remedy()));
        registration = context.registerService(IdentityStore.class, opened, properties());
    }

    /** Whoever does not look at the network gets the main one as long as it is there. */
    private Dictionary<String, Object> properties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Networks.PROPERTY, network);
        properties.put(Constants.SERVICE_RANKING, network.equals(Networks.MAIN) ? 0 : -1);
        return properties;
    }

    private void withdraw() {
        ServiceRegistration<IdentityStore> registered = registration;
        registration = null;
        offered = null;
        if (registered != null) {
            registered.unregister();
        }
    }
}
