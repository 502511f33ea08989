package io.kairos.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.health.Metric;
import io.kairos.api.transport.Reading;
import io.kairos.test.kit.Counterpart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own strict parser of OpenMetrics reads what we write. */
class PrometheusCounterpartTest {

    private static final String READER = """
            import sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            for family in text_string_to_metric_families(open(sys.argv[1], encoding="utf-8").read()):
                for sample in family.samples:
                    print(family.type, sample.name, sorted(sample.labels.items()), float(sample.value))
            """;

    private static final Path PACKAGE = Path.of("/usr/lib/python3/dist-packages/prometheus_client");

    @TempDir
    private Path folder;

    @Test
    void itsParserFindsEveryNumber() throws Exception {
        Path python = Counterpart.program("python3", "python3");
        Counterpart.needs(Files.isDirectory(PACKAGE), "python3-prometheus-client is not installed");
        List<Metric> metrics = new ArrayList<>(new ProcessSource(folder).metrics());
        String name = "l\u00f8ra \"east\"\\";
        metrics.add(ReadingSource.metric("main", name, new Reading("noise_floor", -104.5, "dBm")));
        metrics.add(OpenMetricsPageTest.counter("kairos_interface_sent_bytes_total", Map.of("interface", name), 200));

        List<String> read = read(python, OpenMetricsPage.of(metrics));

        assertEquals(metrics.size() + 1, read.size(), read.toString());
        String label = "('interface', 'l\u00f8ra \"east\"\\\\')";
        assertTrue(read.contains("counter kairos_interface_sent_bytes_total [" + label + "] 200.0"), read.toString());
        assertTrue(
                read.contains("gauge kairos_interface_noise_floor_dbm [" + label + ", ('network', 'main')] -104.5"),
                read.toString());
        assertTrue(
                read.stream().anyMatch(line -> line.startsWith("counter kairos_process_cpu_seconds_total [] ")),
                read.toString());
    }

    @Test
    void itsParserFindsAnEmptyNode() throws Exception {
        Path python = Counterpart.program("python3", "python3");
        Counterpart.needs(Files.isDirectory(PACKAGE), "python3-prometheus-client is not installed");

        assertEquals(
                List.of("gauge kairos_metrics_left_out [] 0.0"),
                read(python, OpenMetricsPage.of(Map.<String, Metric>of().values())));
    }

    private List<String> read(Path python, String page) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("page"), page);
        ProcessBuilder builder =
                new ProcessBuilder(python.toString(), "-c", READER, file.toString()).redirectErrorStream(true);
        builder.environment().put("PYTHONPATH", PACKAGE.getParent().toString());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }
}
