package org.example.hello;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineInterface;
import io.kairos.lib.medium.PacketLine;
import io.kairos.lib.medium.RetryPace;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.LoggerFactory;

/**
 * One configured medium. {@link LineInterface} keeps the contract of transports: threads, states, attempts, counters, other
 * settings, the end within a second. What is left is what this medium is.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "org.example.transport.hello",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + HelloInterface.KIND_NAME)
@Designate(ocd = HelloConfig.class, factory = true)
public final class HelloInterface extends LineInterface<HelloSettings> {

    static final String KIND_NAME = "hello";

    private static final int MOST_WAITING = 256;

    @Activate
    public HelloInterface(
            HelloConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(KIND_NAME, clock, timers, LoggerFactory.getLogger(HelloInterface.class));
        begin(() -> HelloSettings.from(config, properties), () -> HelloSettings.refused(properties));
    }

    /** The operator has changed something: what is open stays open where it does not depend on that. */
    @Modified
    void modified(HelloConfig config, Map<String, Object> properties) {
        change(() -> HelloSettings.from(config, properties));
    }

    /** Must stay the same while the settings do: stored paths are bound to it. */
    @Override
    public String description() {
        return "HelloInterface[" + name() + "]";
    }

    @Override
    protected Line newLine(HelloSettings of) {
        return new PacketLine(
                of.name(), () -> new HelloMedium(of), of.longest(), MOST_WAITING, e -> HelloMedium.failure(of, e));
    }

    @Override
    protected RetryPace pace(HelloSettings of) {
        return new RetryPace(Duration.ofSeconds(2), Duration.ofMinutes(5));
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
