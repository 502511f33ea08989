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
 * Sends packets through a modem of packet radio on a serial port, with KISS, each behind an AX.25 header. Compatible with Reticulum's interface of this kind.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.ax25",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + Ax25Interface.KIND_NAME)
@Designate(ocd = Ax25Config.class, factory = true)
public final class Ax25Interface extends PortInterface {

    static final String KIND_NAME = "ax25";

    @Activate
    public Ax25Interface(
            Ax25Config config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(
                KIND_NAME,
                Checks.nameOfRefused(properties, KIND_NAME),
                clock,
                timers,
                LoggerFactory.getLogger(Ax25Interface.class));
        begin(
                () -> read(config, properties),
                () -> PortSettings.refused(
                        Checks.nameOfRefused(properties, KIND_NAME), TncChecks.USUAL_BITS_PER_SECOND));
    }

    /** Settings changed. The port stays open unless it depends on what changed. */
    @Modified
    void modified(Ax25Config config, Map<String, Object> properties) {
        change(() -> read(config, properties));
    }

    @Override
    public String description() {
        return "AX25KISSInterface[" + name() + "]";
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    private static PortSettings read(Ax25Config config, Map<String, ?> properties) {
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
                Optional.empty(),
                Optional.of(TncChecks.station(config.callsign(), config.ssid())));
        return PortSettings.of(
                name,
                port,
                TncChecks.time("open.wait.milliseconds", config.open_wait_milliseconds(), 2_000),
                Optional.of(tnc),
                Checks.bitsPerSecond(config.bitrate_bits_per_second(), TncChecks.USUAL_BITS_PER_SECOND),
                Checks.between("send.queue.bytes", config.send_queue_bytes(), 2_048, 16 << 20, 65_536),
                properties);
    }
}
