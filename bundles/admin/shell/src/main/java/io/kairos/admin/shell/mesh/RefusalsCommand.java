package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.routing.Router;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows how many packets were refused, by reason. */
@Service
@Command(
        scope = "mesh",
        name = "refusals",
        description = "Counts packets that were refused or dropped since the start, by reason")
public final class RefusalsCommand extends NodeCommand {

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        services.require(Router.class);
        Map<String, Long> refusals = new TreeMap<>();
        for (Router router : services.all(Router.class)) {
            router.refusals().forEach((reason, packets) -> refusals.merge(reason, packets, Long::sum));
        }
        if (json) {
            out.println(Json.write(refusals));
        } else {
            out.print(RefusalReport.text(refusals));
        }
    }
}
