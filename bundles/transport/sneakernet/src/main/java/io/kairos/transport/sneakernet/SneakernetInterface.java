package io.kairos.transport.sneakernet;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineInterface;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries packets as files on sticks, or through a folder that several nodes share (docs/protocol/sneakernet.md). */
@Component(
        service = {MeshInterface.class, HealthCheck.class},
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.sneakernet",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + SneakernetInterface.KIND_NAME)
@Designate(ocd = SneakernetConfig.class, factory = true)
public final class SneakernetInterface extends LineInterface<SneakernetSettings> implements HealthCheck, NodeServices {

    static final String KIND_NAME = "sneakernet";

    private static final Logger LOG = LoggerFactory.getLogger(SneakernetInterface.class);

    private final Clock clock;
    private final Timers timers;
    private final AtomicReference<Store> store = new AtomicReference<>();
    private final AtomicReference<CryptoSuite> suite = new AtomicReference<>();
    private final Set<IdentityStore> identities = new CopyOnWriteArraySet<>();

    private volatile boolean listening;

    /** The last line that was made; only asked how it stands. */
    private volatile SneakernetLine line;

    @Activate
    public SneakernetInterface(
            SneakernetConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(KIND_NAME, clock, timers, LOG);
        this.clock = clock;
        this.timers = timers;
        begin(() -> SneakernetSettings.from(config, properties), () -> SneakernetSettings.refused(properties));
    }

    @Modified
    void modified(SneakernetConfig config, Map<String, Object> properties) {
        change(() -> SneakernetSettings.from(config, properties));
    }

    @Override
    protected Line newLine(SneakernetSettings of) {
        SneakernetLine fresh = new SneakernetLine(of.line(), this, clock, timers, LOG);
        line = fresh;
        return fresh;
    }

    @Override
    public String description() {
        return "SneakernetInterface[" + name() + "]";
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    @Override
    public void attach(PacketSink core) {
        super.attach(core);
        listening = true;
        wake();
    }

    @Override
    public void detach() {
        listening = false;
        super.detach();
    }

    // ---- what sticks need of the node ----

    @Override
    public boolean isListening() {
        return listening;
    }

    @Override
    public Optional<CryptoSuite> suite() {
        return Optional.ofNullable(suite.get());
    }

    @Override
    public Optional<Store> store() {
        return Optional.ofNullable(store.get());
    }

    @Override
    public Optional<LocalIdentity> self() {
        String network = policy().network();
        return identities.stream()
                .filter(each -> each.network().equals(network))
                .findFirst()
                .map(IdentityStore::node);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(Store present) {
        store.set(present);
        tryNow();
        wake();
    }

    void unbindStore(Store gone) {
        store.compareAndSet(gone, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            target = "(" + CryptoSuite.SUITE + "=" + CryptoSuite.RETICULUM + ")")
    void bindSuite(CryptoSuite present) {
        suite.set(present);
        wake();
    }

    void unbindSuite(CryptoSuite gone) {
        suite.compareAndSet(gone, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindIdentities(IdentityStore present) {
        identities.add(present);
        wake();
    }

    void unbindIdentities(IdentityStore gone) {
        identities.remove(gone);
    }

    private void wake() {
        SneakernetLine last = line;
        if (last != null) {
            last.wake();
        }
    }

    // ---- for mesh:doctor ----

    @Override
    public String subject() {
        return "sticks";
    }

    @Override
    public List<Finding> examine() {
        SneakernetLine last = line;
        return last == null || !status().isUp()
                ? List.of()
                : List.of(last.report().finding(name()));
    }
}
