package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.health.Metric;
import io.kairos.api.health.MetricSource;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
        scope = "mesh",
        name = "metrics",
        description = "Shows the numbers that this node offers to programs that watch many nodes",
        detailedDescription = "The feature kairos-admin-metrics has the usual ones, and offers all of them at"
                + " http://127.0.0.1:9484/metrics for Prometheus and its relatives.")
public final class MetricsCommand extends NodeCommand {

    @Argument(name = "text", description = "Only numbers whose names or labels contain this")
    private String text = "";

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        List<Metric> metrics = services.all(MetricSource.class).stream()
                .flatMap(source -> source.metrics().stream())
                .filter(metric ->
                        metric.name().contains(text) || metric.labels().containsValue(text))
                .toList();
        if (json) {
            out.println(Json.write(MetricsReport.json(metrics)));
        } else {
            out.print(MetricsReport.text(
                    metrics, !services.all(MetricSource.class).isEmpty()));
        }
    }
}
