package io.kairos.transport.auto;

import io.kairos.api.time.Clock;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.ConfiguredInterface;
import java.io.IOException;
import java.nio.ByteBuffer;
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

/** Finds neighbours on the local network by itself; each is a child interface. Carries no packets itself. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.auto",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + AutoInterface.KIND_NAME)
@Designate(ocd = AutoConfig.class, factory = true)
public final class AutoInterface extends ConfiguredInterface<AutoSettings, AutoLoop> {

    static final String KIND_NAME = "auto";

    private final Clock clock;

    @Activate
    public AutoInterface(AutoConfig config, Map<String, Object> properties, @Reference Clock clock) {
        super(KIND_NAME, LoggerFactory.getLogger(AutoInterface.class));
        this.clock = clock;
        begin(() -> AutoSettings.from(config, properties), () -> AutoSettings.refused(properties));
    }

    /** Settings changed. Neighbours stay unless they depend on what changed. */
    @Modified
    void modified(AutoConfig config, Map<String, Object> properties) {
        change(() -> AutoSettings.from(config, properties));
    }

    @Override
    public String description() {
        return "AutoInterface[" + name() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        AutoSettings current = settings();
        return current.canBeOpened() ? AutoEndpoints.of(current) : Set.of();
    }

    @Override
    protected AutoLoop newMedium(AutoSettings of, Consumer<InterfaceStatus> status) {
        try {
            return new AutoLoop(of, this::settings, clock, status, this::tellCore);
        } catch (IOException e) {
            throw AutoLoop.noSelector(e);
        }
    }

    @Override
    protected String news() {
        return "searches neighbours";
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
