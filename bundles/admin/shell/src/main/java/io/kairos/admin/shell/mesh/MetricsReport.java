package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Table;
import io.kairos.api.health.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code mesh:metrics} tells. */
final class MetricsReport {

    static final String NO_SOURCE = "Nothing on this node offers numbers: feature:install kairos-admin-metrics\n";
    static final String NO_MATCH = "No number is called so: mesh:metrics shows all.\n";

    private MetricsReport() {}

    /** @param sources whether there is anything that could offer numbers */
    static String text(List<Metric> metrics, boolean sources) {
        Table table = new Table().left("Name").left("Of").right("Value");
        metrics.stream()
                .sorted(Comparator.comparing(Metric::name).thenComparing(MetricsReport::labels))
                .forEach(metric -> table.row(metric.name(), labels(metric), number(metric.value())));
        if (table.isEmpty()) {
            return sources ? NO_MATCH : NO_SOURCE;
        }
        return table.toText();
    }

    static List<Map<String, Object>> json(List<Metric> metrics) {
        return metrics.stream()
                .map(metric -> Map.<String, Object>of(
                        "name", metric.name(), "labels", metric.labels(), "value", metric.value()))
                .toList();
    }

    private static String labels(Metric metric) {
        return new TreeMap<>(metric.labels())
                .entrySet().stream()
                        .map(label -> label.getKey() + '=' + label.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
