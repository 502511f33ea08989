package io.kairos.admin.metrics;

import io.kairos.api.health.Metric;
import io.kairos.api.health.MetricSource;
import io.kairos.api.identity.Networks;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What the devices of interfaces measure or tell, as {@code kairos_interface_<reading>_<unit>}: signal, noise, load of the channel,
 * battery. Threads: any.
 */
@Component
public final class ReadingSource implements MetricSource {

    private static final Map<String, String> UNITS = Map.of(
            "%", "percent",
            "dBm", "dbm",
            "dB", "decibels",
            "\u00b0C", "celsius",
            "ms", "milliseconds",
            "s", "seconds",
            "V", "volts");

    private final List<MeshInterface> interfaces = new CopyOnWriteArrayList<>();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addInterface(MeshInterface each) {
        interfaces.add(each);
    }

    void removeInterface(MeshInterface each) {
        interfaces.remove(each);
    }

    @Override
    public List<Metric> metrics() {
        return interfaces.stream()
                .flatMap(each -> each.readings().stream()
                        .map(reading -> metric(each.policy().network(), each.name(), reading)))
                .toList();
    }

    static Metric metric(String network, String name, Reading reading) {
        String unit = UNITS.getOrDefault(reading.unit(), clean(reading.unit()));
        return new Metric(
                "kairos_interface_" + clean(reading.name()) + (unit.isEmpty() ? "" : '_' + unit),
                "Measured by the device of the interface, or told by it.",
                Metric.Kind.GAUGE,
                Map.of(Networks.PROPERTY, network, "interface", name),
                reading.value());
    }

    /** As a part of a metric's name; what a plugin calls its readings may hold anything. */
    private static String clean(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
    }
}
