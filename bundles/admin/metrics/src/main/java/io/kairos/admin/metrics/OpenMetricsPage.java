package io.kairos.admin.metrics;

import io.kairos.api.health.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Numbers as text in the format of OpenMetrics 1.0, which Prometheus and its relatives read: families in the order in which they
 * first come, all samples of a family together. What that format does not allow is left out and counted, because sources may
 * be plugins: names that are none, one name both as a counter and as something else, the same sample twice, and all samples
 * after {@link #MOST_SAMPLES}.
 */
final class OpenMetricsPage {

    static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /** So many samples fit on a page. */
    static final int MOST_SAMPLES = 50_000;

    static final String LEFT_OUT = "kairos_metrics_left_out";

    private static final String TOTAL = "_total";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,199}");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private int samples;
    private int leftOut;

    private OpenMetricsPage() {}

    /** The page with all of {@code metrics}. */
    static String of(Collection<Metric> metrics) {
        OpenMetricsPage page = new OpenMetricsPage();
        metrics.forEach(page::take);
        page.take(new Metric(
                LEFT_OUT,
                "Numbers that were not shown because their name or place is wrong.",
                Metric.Kind.GAUGE,
                Map.of(),
                page.leftOut));
        return page.text();
    }

    /** All samples of one name. */
    private record Family(String help, Metric.Kind kind, List<String> lines, Set<String> seen) {}

    private void take(Metric metric) {
        boolean isCounter = metric.kind() == Metric.Kind.COUNTER;
        String family = isCounter && metric.name().endsWith(TOTAL)
                ? metric.name().substring(0, metric.name().length() - TOTAL.length())
                : metric.name();
        boolean named = NAME.matcher(family).matches()
                && (isCounter || !family.endsWith(TOTAL))
                && metric.labels().keySet().stream()
                        .allMatch(label -> NAME.matcher(label).matches());
        if (!named || samples >= MOST_SAMPLES && !metric.name().equals(LEFT_OUT)) {
            leftOut++;
            return;
        }
        Family place = families.computeIfAbsent(
                family, key -> new Family(metric.help(), metric.kind(), new ArrayList<>(), new HashSet<>()));
        String labels = labels(metric.labels());
        if (place.kind() != metric.kind() || !place.seen().add(labels)) {
            leftOut++;
            return;
        }
        place.lines().add(family + (isCounter ? TOTAL : "") + labels + ' ' + number(metric.value()));
        samples++;
    }

    private String text() {
        StringBuilder text = new StringBuilder(1 << 14);
        families.forEach((name, family) -> {
            text.append("# TYPE ")
                    .append(name)
                    .append(family.kind() == Metric.Kind.COUNTER ? " counter\n" : " gauge\n");
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(escape(family.help()))
                    .append('\n');
            family.lines().forEach(line -> text.append(line).append('\n'));
        });
        return text.append("# EOF\n").toString();
    }

    private static String labels(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escape(label.getValue()) + '"')
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
