package io.kairos.transport.serial;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.serial.SerialSettings;
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
 * Sends packets through a modem of packet radio on a serial port, with KISS. Compatible with Reticulum's interface of this kind.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.kiss",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + KissInterface.KIND_NAME)
@Designate(ocd = KissConfig.class, factory = true)
public final class KissInterface extends PortInterface {

    static final String KIND_NAME = "kiss";

    @Activate
    public KissInterface(
            KissConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(
                KIND_NAME,
                Checks.nameOfRefused(properties, KIND_NAME),
                clock,
                timers,
                LoggerFactory.getLogger(KissInterface.class));
        begin(
                () -> read(config, properties),
                () -> PortSettings.refused(
                        Checks.nameOfRefused(properties, KIND_NAME), TncChecks.USUAL_BITS_PER_SECOND));
    }

    /** Settings changed. The port stays open unless it depends on what changed. */
    @Modified
    void modified(KissConfig config, Map<String, Object> properties) {
        change(() -> read(config, properties));
    }

    @Override
    public String description() {
        return "KISSInterface[" + name() + "]";
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    private static PortSettings read(KissConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "vhf");
        SerialSettings port = new SerialSettings(
                config.port(),
                config.speed(),
                config.data_bits(),
                SerialSettings.parity(config.parity()),
                config.stop_bits(),
                config.hardware_flow_control());
        Tnc tnc = new Tnc(
                TncChecks.time("preamble.milliseconds", config.preamble_milliseconds(), 350),
                TncChecks.time("tail.milliseconds", config.tail_milliseconds(), 20),
                Checks.between("persistence", config.persistence(), 0, 255, 64),
                TncChecks.time("slot.time.milliseconds", config.slot_time_milliseconds(), 20),
                config.ready_flow_control(),
                TncChecks.beacon(config.id_callsign(), config.id_interval_seconds()),
                Optional.empty());
        PortSettings settings = PortSettings.of(
                name,
                port,
                TncChecks.time("open.wait.milliseconds", config.open_wait_milliseconds(), 2_000),
                Optional.of(tnc),
                Checks.bitsPerSecond(config.bitrate_bits_per_second(), TncChecks.USUAL_BITS_PER_SECOND),
                Checks.between("send.queue.bytes", config.send_queue_bytes(), 2_048, 16 << 20, 65_536),
                properties);
        return settings.offering(
                TncChecks.offer(config.air_frequency_hz(), config.air_bandwidth_hz(), config.air_modulation()));
    }
}
