package io.kairos.transport.serial;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.serial.SerialSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.LoggerFactory;

/**
 * Exchanges packets with one neighbour over a serial line, HDLC framed. Compatible with Reticulum's interface of this kind.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.serial",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + SerialInterface.KIND_NAME)
@Designate(ocd = SerialConfig.class, factory = true)
public final class SerialInterface extends PortInterface {

    static final String KIND_NAME = "serial";

    private static final int USUAL_SPEED = 9_600;

    @Activate
    public SerialInterface(
            SerialConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(
                KIND_NAME,
                Checks.nameOfRefused(properties, KIND_NAME),
                clock,
                timers,
                LoggerFactory.getLogger(SerialInterface.class));
        begin(
                () -> read(config, properties),
                () -> PortSettings.refused(Checks.nameOfRefused(properties, KIND_NAME), USUAL_SPEED));
    }

    /** Settings changed. The port stays open unless it depends on what changed. */
    @Modified
    void modified(SerialConfig config, Map<String, Object> properties) {
        change(() -> read(config, properties));
    }

    @Override
    public String description() {
        return "SerialInterface[" + name() + "]";
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    private static PortSettings read(SerialConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "cable");
        SerialSettings port = new SerialSettings(
                config.port(),
                config.speed(),
                config.data_bits(),
                SerialSettings.parity(config.parity()),
                config.stop_bits(),
                config.hardware_flow_control());
        long bitrate = config.bitrate_bits_per_second();
        return PortSettings.of(
                name,
                port,
                Duration.ofMillis(
                        Checks.between("open.wait.milliseconds", config.open_wait_milliseconds(), 0, 60_000, 500)),
                Optional.empty(),
                bitrate == 0 ? port.speed() : Checks.bitsPerSecond(bitrate, port.speed()),
                Checks.between("send.queue.bytes", config.send_queue_bytes(), 2_048, 16 << 20, 65_536),
                properties);
    }
}
