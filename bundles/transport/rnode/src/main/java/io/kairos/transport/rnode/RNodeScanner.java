package io.kairos.transport.rnode;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.RadioScanner;
import io.kairos.lib.serial.SerialDevice;
import io.kairos.lib.serial.SerialPorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Finds RNodes at the serial ports of this machine, and wherever else its operator says. */
@Component(service = RadioScanner.class)
public final class RNodeScanner implements RadioScanner {

    private static final int MOST_PORTS = 16;
    private static final double DIPOLE_DBI = 2.15;
    private static final int PACKET_BYTES = 500;

    private final Probe probe;
    private final Supplier<List<SerialDevice>> devices;
    private final Function<String, RadioPort> opener;

    /** All interfaces of this node. */
    private final Set<MeshInterface> interfaces = ConcurrentHashMap.newKeySet();

    @Activate
    public RNodeScanner(@Reference Clock clock) {
        this(clock, SerialPorts::list, Ports::open);
    }

    RNodeScanner(Clock clock, Supplier<List<SerialDevice>> devices, Function<String, RadioPort> opener) {
        this.probe = new Probe(clock);
        this.devices = devices;
        this.opener = opener;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addInterface(MeshInterface came) {
        interfaces.add(came);
    }

    void removeInterface(MeshInterface gone) {
        interfaces.remove(gone);
    }

    @Override
    public List<Found> scan() {
        return devices.get().stream()
                .limit(MOST_PORTS)
                .map(device -> look(device.stablePath().orElse(device.path()), device.description()))
                .toList();
    }

    @Override
    public List<Found> scan(List<String> ports) {
        return ports.stream()
                .distinct()
                .limit(MOST_PORTS)
                .map(port -> look(port, Ports.isTcp(port) ? "in the network" : ""))
                .toList();
    }

    private Found look(String written, String about) {
        try {
            String name = RNodeSettings.port(written);
            requireFree(name);
            try (RadioPort port = opener.apply(name)) {
                return found(name, about, probe.ask(port));
            }
        } catch (MeshException e) {
            return new Found(written, about, Optional.empty(), "", "", List.of(), Optional.of(e.failure()));
        }
    }

    /** A device that is at work is not asked: its answers would be lost to whoever uses it, or it would start anew. */
    private void requireFree(String port) {
        Endpoint device = Ports.endpoint(port);
        for (MeshInterface each : interfaces) {
            if (each.endpoints().stream().anyMatch(device::meets)) {
                throw new MeshException(
                        Failure.Kind.CONFIGURATION,
                        "It is used by interface %s of this node".formatted(each.name()),
                        "See it with iface:show %s; iface:remove %s sets the port free."
                                .formatted(each.name(), each.name()));
            }
        }
    }

    private static Found found(String path, String about, Answers answers) {
        if (!answers.isDetected()) {
            return new Found(path, about, Optional.empty(), "", "", List.of(), Optional.empty());
        }
        boolean several = !answers.chips().isEmpty();
        Optional<Firmware> firmware = answers.firmware();
        Optional<Failure> failure = Optional.empty();
        try {
            firmware.orElse(new Firmware(0, 0)).require(several);
        } catch (MeshException old) {
            failure = Optional.of(old.failure());
        }
        List<String> radios = answers.chips().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(chip -> chip.getKey() + ": " + Chips.name(chip.getValue()))
                .toList();
        return new Found(
                path,
                about,
                failure.isPresent()
                        ? Optional.empty()
                        : Optional.of(several ? RNodeMultiInterface.KIND_NAME : RNodeInterface.KIND_NAME),
                Boards.name(answers.board(), answers.platform()),
                firmware.map(Firmware::text).orElse(""),
                radios,
                failure);
    }

    @Override
    public List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (Region region : Regions.all()) {
            region.presets().forEach((profile, tuning) -> {
                Region.Permit permit = region.check(tuning, OptionalInt.empty(), DIPOLE_DBI);
                plans.add(new Plan(
                        region.name(),
                        region.title(),
                        region.source(),
                        profile,
                        tuning.frequencyHz(),
                        tuning.bandwidthHz(),
                        tuning.spreadingFactor(),
                        tuning.codingRate(),
                        permit.mostDbm(),
                        permit.dutyCycle(),
                        Math.round(tuning.bitsPerSecond()),
                        tuning.airtime(PACKET_BYTES)));
            });
        }
        return plans;
    }

    @Override
    public Map<String, String> settings(Found found, String region, String profile) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("port", found.port());
        settings.put("region", region);
        if (!found.kind().equals(Optional.of(RNodeMultiInterface.KIND_NAME))) {
            settings.put("profile", profile);
            return settings;
        }
        List<String> entries = new ArrayList<>();
        for (String radio : found.radios()) {
            int index = Integer.parseInt(radio.substring(0, radio.indexOf(':')));
            String law = radio.endsWith("SX128x") ? " region=ism2400" : "";
            entries.add("radio%d index=%d%s profile=%s".formatted(index, index, law, profile));
        }
        settings.put("radios", String.join(",", entries));
        return settings;
    }
}
