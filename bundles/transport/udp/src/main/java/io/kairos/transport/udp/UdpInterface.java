package io.kairos.transport.udp;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineInterface;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.LoggerFactory;

/** Carries each packet as one datagram, to one address. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.udp",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + UdpInterface.KIND_NAME)
@Designate(ocd = UdpConfig.class, factory = true)
public final class UdpInterface extends LineInterface<UdpSettings> {

    static final String KIND_NAME = "udp";

    private static final String EVERYBODY = "255.255.255.255";
    private static final Pattern TO_MANY = Pattern.compile("(.*\\.255)|((22[4-9]|23\\d)\\..*)"); // broadcast, multicast

    /** Made from the settings when they change, because it may ask the system for the address of a device. */
    private volatile String description;

    @Activate
    public UdpInterface(
            UdpConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(KIND_NAME, clock, timers, LoggerFactory.getLogger(UdpInterface.class));
        begin(() -> described(UdpSettings.from(config, properties)), () -> described(UdpSettings.refused(properties)));
    }

    /** Settings changed. The socket stays unless it depends on what changed. */
    @Modified
    void modified(UdpConfig config, Map<String, Object> properties) {
        change(() -> described(UdpSettings.from(config, properties)));
    }

    private UdpSettings described(UdpSettings of) {
        description = "UDPInterface[" + of.name() + "/" + UdpAddresses.text(of) + "]";
        return of;
    }

    @Override
    public String description() {
        return description;
    }

    /** What is sent to many arrives on this machine too. */
    @Override
    public Set<Endpoint> endpoints() {
        UdpSettings current = settings();
        if (!current.canBeOpened()) {
            return Set.of();
        }
        String forward = current.forwardHost();
        Set<Endpoint> all = new HashSet<>();
        all.add(Endpoint.port("udp", current.listenHost(), current.listenPort()));
        all.add(Endpoint.port("udp", forward.isEmpty() ? EVERYBODY : forward, current.forwardPort()));
        if (forward.isEmpty() || TO_MANY.matcher(forward).matches()) {
            all.add(new Endpoint("udp", Endpoint.LOCAL, Integer.toString(current.forwardPort())));
        }
        return all;
    }

    @Override
    protected Line newLine(UdpSettings of) {
        return new UdpLine(of);
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
