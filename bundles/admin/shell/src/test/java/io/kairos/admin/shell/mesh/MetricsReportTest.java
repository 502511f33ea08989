package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.health.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsReportTest {

    private static final List<Metric> METRICS = List.of(
            new Metric("kairos_b_dbm", "b", Metric.Kind.GAUGE, Map.of("network", "main", "interface", "lora"), -98.5),
            new Metric("kairos_a_total", "a", Metric.Kind.COUNTER, Map.of(), 12));

    @Test
    void eachNumberIsALine() {
        List<String> lines = MetricsReport.text(METRICS, true).lines().toList();

        assertEquals(
                "kairos_a_total 12",
                lines.get(lines.size() - 2).replaceAll(" +", " ").strip());
        assertEquals(
                "kairos_b_dbm interface=lora network=main -98.5",
                lines.get(lines.size() - 1).replaceAll(" +", " ").strip());
    }

    @Test
    void whereNothingIsItSaysWhatToDo() {
        assertEquals(MetricsReport.NO_SOURCE, MetricsReport.text(List.of(), false));
        assertEquals(MetricsReport.NO_MATCH, MetricsReport.text(List.of(), true));
        assertTrue(MetricsReport.NO_SOURCE.contains("feature:install kairos-admin-metrics"));
    }

    @Test
    void scriptsGetTheSame() {
        assertEquals(
                Map.of("name", "kairos_a_total", "labels", Map.of(), "value", 12.0),
                MetricsReport.json(METRICS).get(1));
    }
}
