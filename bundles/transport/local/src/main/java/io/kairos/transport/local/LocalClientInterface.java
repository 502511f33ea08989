package io.kairos.transport.local;

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
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.LoggerFactory;

/**
 * The way to a shared instance that runs on this machine already, another node or rnsd: this node is one of its programs.
 */
@Component(
        service = {MeshInterface.class, HealthCheck.class},
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.local.client",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + LocalClientInterface.KIND_NAME)
@Designate(ocd = LocalClientConfig.class, factory = true)
public final class LocalClientInterface extends ConfiguredInterface<LocalClientSettings, InstanceDialer>
        implements HealthCheck {

    static final String KIND_NAME = "local-client";

    private final Timers timers;

    @Activate
    public LocalClientInterface(LocalClientConfig config, Map<String, Object> properties, @Reference Timers timers) {
        super(KIND_NAME, LoggerFactory.getLogger(LocalClientInterface.class));
        this.timers = timers;
        begin(() -> LocalClientSettings.from(config, properties), () -> LocalClientSettings.refused(properties));
    }

    /** Settings changed. The connection stays unless it depends on what changed. */
    @Modified
    void modified(LocalClientConfig config, Map<String, Object> properties) {
        change(() -> LocalClientSettings.from(config, properties));
    }

    @Override
    public String description() {
        return "LocalInterface[" + settings().line().endpoint().text() + "]";
    }

    @Override
    public boolean leadsToSharedInstance() {
        return true;
    }

    @Override
    public Set<io.kairos.api.transport.Endpoint> endpoints() {
        LocalClientSettings.Line line = settings().line();
        return line.enabled() ? Set.of(line.endpoint().place()) : Set.of();
    }

    @Override
    protected InstanceDialer newMedium(LocalClientSettings of, Consumer<InterfaceStatus> status) {
        if (of.line().endpoint().cannotBeHad()) {
            throw Endpoint.noUnixSockets();
        }
        return new InstanceDialer(of.line(), this::core, () -> settings().queueBytes(), status, timers);
    }

    @Override
    protected String news() {
        return "a program of the shared instance at "
                + settings().line().endpoint().text();
    }

    @Override
    public void send(ByteBuffer packet) {
        ProgramConnection connection = connection();
        if (connection == null) {
            tally().droppedOutgoing();
        } else {
            connection.send(packet);
        }
    }

    @Override
    public void flush() {
        ProgramConnection connection = connection();
        if (connection != null) {
            connection.flush();
        }
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    private ProgramConnection connection() {
        InstanceDialer current = medium();
        return current == null ? null : current.connection();
    }

    // ---- health ----

    @Override
    public String subject() {
        return "shared instance";
    }

    @Override
    public List<Finding> examine() {
        if (!status().isUp()) {
            return List.of(); // whether and why it is down is found with all other interfaces
        }
        List<Finding> findings = new ArrayList<>();
        Endpoint endpoint = settings().line().endpoint();
        if (endpoint.fellBack()) {
            findings.add(Finding.warning(
                    "Abstract Unix sockets cannot be had here: the shared instance is used over TCP",
                    "Install the native part of the socket library, or set socket = tcp."));
        }
        findings.add(Finding.ok("Is a program of the shared instance at " + endpoint.text()));
        return findings;
    }
}
