package io.kairos.transport.pipe;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineInterface;
import io.kairos.lib.medium.RetryPace;
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
 * Exchanges packets with a program over its standard input and output and starts it again for as long as it is configured.
 * Compatible with Reticulum's interface of this kind.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.pipe",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + PipeInterface.KIND_NAME)
@Designate(ocd = PipeConfig.class, factory = true)
public final class PipeInterface extends LineInterface<PipeSettings> {

    static final String KIND_NAME = "pipe";

    @Activate
    public PipeInterface(
            PipeConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(KIND_NAME, clock, timers, LoggerFactory.getLogger(PipeInterface.class));
        begin(() -> PipeSettings.from(config, properties), () -> PipeSettings.refused(properties));
    }

    /** Settings changed. The program runs on unless it depends on what changed. */
    @Modified
    void modified(PipeConfig config, Map<String, Object> properties) {
        change(() -> PipeSettings.from(config, properties));
    }

    @Override
    public String description() {
        return "PipeInterface[" + name() + "]";
    }

    @Override
    protected Line newLine(PipeSettings of) {
        return new ProgramRun(of.line(), () -> settings().queueBytes());
    }

    @Override
    protected RetryPace pace(PipeSettings of) {
        return new RetryPace(of.line().firstDelay(), of.line().longestDelay());
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
