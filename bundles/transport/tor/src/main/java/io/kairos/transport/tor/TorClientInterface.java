package io.kairos.transport.tor;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineInterface;
import io.kairos.lib.medium.RetryPace;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one connection through Tor's SOCKS port. Framed as TCP is, so the peer may be any Reticulum TCP server. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.tor.client",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + TorClientInterface.KIND_NAME)
@Designate(ocd = TorClientConfig.class, factory = true)
public final class TorClientInterface extends LineInterface<TorClientSettings> {

    static final String KIND_NAME = "tor-client";

    private static final Logger LOG = LoggerFactory.getLogger(TorClientInterface.class);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Drawn at each start: tor shall not be able to tell that two runs are one interface. */
    private final String isolation = Isolation.draw(random);

    @Activate
    public TorClientInterface(
            TorClientConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(KIND_NAME, clock, timers, LOG);
        this.clock = clock;
        begin(() -> TorClientSettings.from(config, properties), () -> TorClientSettings.refused(properties));
    }

    /** Settings changed. The connection stays unless it depends on what changed. */
    @Modified
    void modified(TorClientConfig config, Map<String, Object> properties) {
        change(() -> TorClientSettings.from(config, properties));
    }

    /** As Reticulum names a TCP client, which its peer takes it for. */
    @Override
    public String description() {
        TorClientSettings.Line line = settings().line();
        return "TCPInterface[%s/%s:%d]".formatted(line.name(), line.host(), line.port());
    }

    @Override
    public Set<Endpoint> endpoints() {
        TorClientSettings now = settings();
        return now.policy().enabled()
                ? Set.of(Places.of(now.line().host(), now.line().port()))
                : Set.of();
    }

    @Override
    protected Line newLine(TorClientSettings of) {
        return new TorClientLine(of.line(), isolation, clock);
    }

    @Override
    protected RetryPace pace(TorClientSettings of) {
        return new RetryPace(of.line().firstDelay(), of.line().longestDelay());
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
