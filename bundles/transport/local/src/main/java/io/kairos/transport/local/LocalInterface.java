package io.kairos.transport.local;

import io.kairos.api.admin.ProgramCalls;
import io.kairos.api.failure.Failure;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.ConfiguredInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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

/**
 * The shared instance: Reticulum programs on this machine connect and use the node's interfaces. Each program is a child;
 * the interface itself carries no packets.
 */
@Component(
        service = {MeshInterface.class, HealthCheck.class},
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.local",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + LocalInterface.KIND_NAME)
@Designate(ocd = LocalConfig.class, factory = true)
public final class LocalInterface extends ConfiguredInterface<LocalSettings, Sockets> implements HealthCheck {

    static final String KIND_NAME = "local";

    private static final Logger LOG = LoggerFactory.getLogger(LocalInterface.class);

    private final Timers timers;

    /** By network. */
    private final Map<String, ProgramCalls> calls = new ConcurrentHashMap<>();

    @Activate
    public LocalInterface(LocalConfig config, Map<String, Object> properties, @Reference Timers timers) {
        super(KIND_NAME, LOG);
        this.timers = timers;
        begin(() -> LocalSettings.from(config, properties), () -> LocalSettings.refused(properties));
    }

    /** Settings changed. Connections stay unless they depend on what changed. */
    @Modified
    void modified(LocalConfig config, Map<String, Object> properties) {
        change(() -> LocalSettings.from(config, properties));
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCalls(ProgramCalls present, Map<String, Object> properties) {
        calls.put(String.valueOf(properties.getOrDefault("network", "main")), present);
    }

    void unbindCalls(ProgramCalls gone) {
        calls.values().removeIf(present -> present == gone);
    }

    /** Programs are told of their own network alone. */
    private Optional<ProgramCalls> ownCalls() {
        return Optional.ofNullable(calls.get(policy().network()));
    }

    @Override
    public Set<io.kairos.api.transport.Endpoint> endpoints() {
        LocalSettings.Line line = settings().line();
        if (!line.enabled()) {
            return Set.of();
        }
        Endpoint here = line.endpoint();
        return here.unix()
                ? Set.of(here.place())
                : Set.of(here.place(), io.kairos.api.transport.Endpoint.port("tcp", "localhost", here.controlPort()));
    }

    @Override
    public String description() {
        return "Shared Instance[" + settings().line().endpoint().text() + "]";
    }

    @Override
    public boolean carriesPackets() {
        return false;
    }

    @Override
    public void send(ByteBuffer packet) {
        tally().droppedOutgoing();
    }

    @Override
    protected Sockets newMedium(LocalSettings of, Consumer<InterfaceStatus> status) {
        if (of.line().endpoint().fellBack()) {
            LOG.warn(
                    "Interface {}: abstract Unix sockets cannot be had here, programs are served over TCP; set"
                            + " shared_instance_type = tcp in their configuration",
                    name());
        }
        return Sockets.make(of.line(), this::settings, this::ownCalls, status, timers);
    }

    @Override
    protected void became(Sockets of, InterfaceStatus earlier, InterfaceStatus now) {
        super.became(of, earlier, now);
        if (now.isUp()) {
            of.openControl();
        }
    }

    @Override
    protected String news() {
        return "serves programs at " + settings().line().endpoint().text();
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    // ---- health ----

    @Override
    public String subject() {
        return "programs on this machine";
    }

    @Override
    public List<Finding> examine() {
        Sockets current = medium();
        if (current == null || !status().isUp()) {
            return List.of(); // whether and why it is down is found with all other interfaces
        }
        List<Finding> findings = new ArrayList<>();
        Endpoint endpoint = settings().line().endpoint();
        if (endpoint.fellBack()) {
            findings.add(Finding.warning(
                    "Abstract Unix sockets cannot be had here: programs are served over TCP, where they do not look",
                    "Set shared_instance_type = tcp in the [reticulum] section of the programs."));
        }
        Optional<Failure> control = current.control().failure();
        control.ifPresent(why -> findings.add(Finding.warning(
                "Programs can send packets, but rnstatus, rnpath and others cannot ask this node: " + why.message(),
                why.remedy())));
        if (current.door().refused() > 0) {
            findings.add(Finding.warning(
                    "Questions were refused %d times because the program has another key"
                            .formatted(current.door().refused()),
                    "Programs of another user or with another --config have another key: write the same rpc_key into"
                            + " their configuration and as rpc.key here. The key of this node comes from "
                            + current.keyOrigin() + "."));
        }
        findings.add(Finding.ok("Serves Reticulum programs at %s; %d are connected"
                .formatted(endpoint.text(), current.programs().size())));
        return findings;
    }
}
