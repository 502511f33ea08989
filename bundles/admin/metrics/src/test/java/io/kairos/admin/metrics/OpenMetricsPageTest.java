package io.kairos.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.health.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenMetricsPageTest {

    private static final String NOTHING_LEFT_OUT = "# TYPE kairos_metrics_left_out gauge\n"
            + "# HELP kairos_metrics_left_out Numbers that were not shown because their name or place is wrong.\n"
            + "kairos_metrics_left_out 0\n# EOF\n";

    @Test
    void samplesOfOneNameStandTogetherInTheOrderOfTheirFirst() {
        String page = OpenMetricsPage.of(List.of(
                counter("kairos_a_total", Map.of("interface", "hub"), 3),
                gauge("kairos_b_dbm", Map.of(), -98.5),
                counter("kairos_a_total", Map.of("interface", "lora", "kind", "rnode"), 4e9)));

        assertEquals(
                "# TYPE kairos_a counter\n# HELP kairos_a about it\n"
                        + "kairos_a_total{interface=\"hub\"} 3\n"
                        + "kairos_a_total{interface=\"lora\",kind=\"rnode\"} 4000000000\n"
                        + "# TYPE kairos_b_dbm gauge\n# HELP kairos_b_dbm about it\n"
                        + "kairos_b_dbm -98.5\n" + NOTHING_LEFT_OUT,
                page);
    }

    @Test
    void whatStandsInLabelsCannotEndThem() {
        String page = OpenMetricsPage.of(List.of(gauge("kairos_a", Map.of("interface", "a\"} 1\nkairos_b \\"), 1)));

        assertTrue(page.contains("kairos_a{interface=\"a\\\"} 1\\nkairos_b \\\\\"} 1\n"), page);
    }

    @Test
    void namesThatAreNoneAreLeftOutAndCounted() {
        String page = OpenMetricsPage.of(List.of(
                gauge("kairos a", Map.of(), 1),
                gauge("", Map.of(), 1),
                gauge("kairos_a", Map.of("in-terface", "x"), 1),
                gauge("kairos_a_total", Map.of(), 1),
                gauge("kairos_good", Map.of(), 1)));

        assertTrue(page.startsWith("# TYPE kairos_good gauge\n"), page);
        assertTrue(page.endsWith("kairos_metrics_left_out 4\n# EOF\n"), page);
    }

    @Test
    void oneNameHasOneKindAndEachSampleComesOnce() {
        String page = OpenMetricsPage.of(List.of(
                gauge("kairos_a", Map.of(), 1),
                counter("kairos_a_total", Map.of(), 2),
                gauge("kairos_a", Map.of(), 3)));

        assertTrue(page.contains("\nkairos_a 1\n") && !page.contains("kairos_a 3") && !page.contains("counter"), page);
        assertTrue(page.endsWith("kairos_metrics_left_out 2\n# EOF\n"), page);
    }

    @Test
    void aPageHasAnEnd() {
        List<Metric> many = new ArrayList<>();
        for (int i = 0; i < OpenMetricsPage.MOST_SAMPLES + 7; i++) {
            many.add(gauge("kairos_a", Map.of("i", Integer.toString(i)), i));
        }

        assertTrue(OpenMetricsPage.of(many).endsWith("kairos_metrics_left_out 7\n# EOF\n"));
    }

    @Test
    void numbersThatAreNoneHaveTheirWords() {
        String page = OpenMetricsPage.of(List.of(
                gauge("kairos_a", Map.of(), Double.NaN),
                gauge("kairos_b", Map.of(), Double.POSITIVE_INFINITY),
                gauge("kairos_c", Map.of(), Double.NEGATIVE_INFINITY)));

        assertTrue(
                page.contains("kairos_a NaN\n") && page.contains("kairos_b +Inf\n") && page.contains("kairos_c -Inf\n"),
                page);
    }

    static Metric gauge(String name, Map<String, String> labels, double value) {
        return new Metric(name, "about it", Metric.Kind.GAUGE, labels, value);
    }

    static Metric counter(String name, Map<String, String> labels, double value) {
        return new Metric(name, "about it", Metric.Kind.COUNTER, labels, value);
    }
}
