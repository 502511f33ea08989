package io.kairos.transport.tcp;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Offer;
import io.kairos.lib.medium.ConfiguredInterface;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
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

/** Accepts TCP connections; each is a child interface. Carries no packets itself. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.tcp.server",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + TcpServerInterface.KIND_NAME)
@Designate(ocd = TcpServerConfig.class, factory = true)
public final class TcpServerInterface extends ConfiguredInterface<TcpServerSettings, TcpListener> {

    static final String KIND_NAME = "tcp-server";

    private final Clock clock;
    private final Timers timers;

    @Activate
    public TcpServerInterface(
            TcpServerConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(KIND_NAME, LoggerFactory.getLogger(TcpServerInterface.class));
        this.clock = clock;
        this.timers = timers;
        begin(() -> TcpServerSettings.from(config, properties), () -> TcpServerSettings.refused(properties));
    }

    /** Settings changed. Connections stay unless they depend on what changed. */
    @Modified
    void modified(TcpServerConfig config, Map<String, Object> properties) {
        change(() -> TcpServerSettings.from(config, properties));
    }

    @Override
    public String description() {
        return "TCPServerInterface[" + name() + "/" + settings().line().endpoint() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        TcpServerSettings.Line line = settings().line();
        // on a device: whatever address it has, so it may be any of this machine
        return line.enabled()
                ? Set.of(Endpoint.port("tcp", line.device().isEmpty() ? line.host() : "", line.port()))
                : Set.of();
    }

    /** Whoever connects speaks to it as to the servers of Reticulum; of its two kinds this is the one others connect to by themselves. */
    @Override
    public Optional<Offer> offer() {
        long port = settings().line().port();
        return Optional.of(new Offer("BackboneInterface", Map.of("port", port)));
    }

    @Override
    protected TcpListener newMedium(TcpServerSettings of, Consumer<InterfaceStatus> status) {
        return new TcpListener(of.line(), this::settings, status, clock, timers);
    }

    @Override
    protected String news() {
        return "listens on port " + settings().line().port();
    }

    @Override
    public boolean carriesPackets() {
        return false;
    }

    @Override
    public void send(ByteBuffer packet) {
        tally().droppedOutgoing();
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
