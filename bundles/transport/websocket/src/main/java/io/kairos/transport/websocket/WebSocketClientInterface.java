package io.kairos.transport.websocket;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineInterface;
import io.kairos.lib.medium.RetryPace;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.LoggerFactory;

/** Carries packets over one WebSocket to a node behind a web site and calls again for as long as it is configured. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.websocket.client",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + WebSocketClientInterface.KIND_NAME)
@Designate(ocd = WebSocketClientConfig.class, factory = true)
public final class WebSocketClientInterface extends LineInterface<WebSocketClientSettings> {

    static final String KIND_NAME = "websocket-client";

    private final Clock clock;
    private final Timers timers;

    /** What the name of the peer meant when it was last called. */
    private volatile InetAddress peer;

    @Activate
    public WebSocketClientInterface(
            WebSocketClientConfig config,
            Map<String, Object> properties,
            @Reference Clock clock,
            @Reference Timers timers) {
        super(KIND_NAME, clock, timers, LoggerFactory.getLogger(WebSocketClientInterface.class));
        this.clock = clock;
        this.timers = timers;
        begin(
                () -> WebSocketClientSettings.from(config, properties),
                () -> WebSocketClientSettings.refused(properties));
    }

    /** Settings changed. The connection stays unless it depends on what changed. */
    @Modified
    void modified(WebSocketClientConfig config, Map<String, Object> properties) {
        change(() -> WebSocketClientSettings.from(config, properties));
    }

    /** Without the path: descriptions are shown. */
    @Override
    public String description() {
        PeerUrl url = settings().line().url();
        return "WebSocketInterface[" + name() + (url == null ? "" : "/" + url.hostForUrl() + ":" + url.port()) + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        WebSocketClientSettings.Line line = settings().line();
        if (!line.enabled()) {
            return Set.of();
        }
        Set<Endpoint> all = new HashSet<>();
        all.add(Endpoint.port("tcp", line.url().host(), line.url().port()));
        InetAddress found = peer;
        if (found != null) {
            all.add(Endpoint.port("tcp", found, line.url().port()));
        }
        return all;
    }

    @Override
    protected Line newLine(WebSocketClientSettings of) {
        WebSocketClientSettings.Line line = of.line();
        WebSocketLine.Use use =
                new WebSocketLine.Use("kairos-" + KIND_NAME + "-" + line.name(), false, line.longest(), line.ping());
        ClientDialer dialer = new ClientDialer(line, timers, this::found);
        return new WebSocketLine(dialer, use, () -> settings().queueBytes(), clock, timers);
    }

    private void found(InetAddress address) {
        if (!address.equals(peer)) {
            peer = address;
            tellCore();
        }
    }

    @Override
    protected RetryPace pace(WebSocketClientSettings of) {
        return new RetryPace(of.line().firstDelay(), of.line().longestDelay());
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
