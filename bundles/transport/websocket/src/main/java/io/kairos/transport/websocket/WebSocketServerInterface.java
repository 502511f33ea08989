package io.kairos.transport.websocket;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.PeersInterface;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.LoggerFactory;

/** A web site; whoever asks for its secret path in the right way becomes a neighbour. Carries no packets itself. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.websocket.server",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + WebSocketServerInterface.KIND_NAME)
@Designate(ocd = WebSocketServerConfig.class, factory = true)
public final class WebSocketServerInterface extends PeersInterface<WebSocketServerSettings> {

    static final String KIND_NAME = "websocket-server";

    private final Clock clock;
    private final Timers timers;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong numbers = new AtomicLong();

    @Activate
    public WebSocketServerInterface(
            WebSocketServerConfig config,
            Map<String, Object> properties,
            @Reference Clock clock,
            @Reference Timers timers) {
        super(KIND_NAME, clock, timers, LoggerFactory.getLogger(WebSocketServerInterface.class));
        this.clock = clock;
        this.timers = timers;
        begin(
                () -> WebSocketServerSettings.from(config, properties),
                () -> WebSocketServerSettings.refused(properties));
    }

    /** Settings changed. Connections stay unless they depend on what changed. */
    @Modified
    void modified(WebSocketServerConfig config, Map<String, Object> properties) {
        change(() -> WebSocketServerSettings.from(config, properties));
    }

    @Override
    public String description() {
        WebSocketServerSettings.Line line = settings().line();
        return "WebSocketServerInterface[" + name() + "/" + line.host() + ":" + line.port() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        WebSocketServerSettings.Line line = settings().line();
        String host = line.host().equals(WebSocketServerSettings.EVERYWHERE) ? "" : line.host();
        return line.enabled() ? Set.of(Endpoint.port("tcp", host, line.port())) : Set.of();
    }

    @Override
    protected int mostPeers() {
        return settings().connections();
    }

    @Override
    protected Line newLine(WebSocketServerSettings of) {
        return new ServerDoor(of.line(), this::welcome, clock, timers);
    }

    /** A visitor has asked for the secret path. */
    private void welcome(WebSocketLine.Opener visitor) {
        WebSocketServerSettings.Line line = settings().line();
        String name = name() + "/" + numbers.incrementAndGet();
        WebSocketLine.Use use =
                new WebSocketLine.Use("kairos-" + KIND_NAME + "-" + name, true, line.longest(), line.ping());
        // what is kept for a neighbour must never be taken for another one's, also after a restart
        byte[] tag = new byte[8];
        random.nextBytes(tag);
        String description =
                "WebSocketInterface[Client on " + name() + "/" + HexFormat.of().formatHex(tag) + "]";
        connected(
                name,
                description,
                new WebSocketLine(visitor, use, () -> settings().queueBytes(), clock, timers));
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
