package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.routing.Router;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows the node and its interfaces; the counterpart of rnstatus. */
@Service
@Command(
        scope = "mesh",
        name = "status",
        description = "Shows the node and its interfaces: state, traffic, announces",
        detailedDescription =
                "Shows for each network of the node whether it forwards for others, its transport id and for how long"
                        + " it has run; then each interface with its state, what it has carried and, where it is not up,"
                        + " why not and what to do. Rates are those of the last five to ten seconds. People from Reticulum"
                        + " know this command as rnstatus.")
public class StatusCommand extends NodeCommand {

    @Argument(name = "name", description = "Show only interfaces with this name, or whose name contains it")
    @Completion(InterfaceCompleter.class)
    private String name;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-a", aliases = "--all", description = "List neighbours that are interfaces of their own too")
    private boolean all;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        services.require(Router.class);
        List<Router> routers = services.all(Router.class);
        Rates rates = services.find(Rates.class).orElse(Rates.UNKNOWN);
        StatusReport report =
                new StatusReport(routers, rates, services.require(Clock.class).wallMillis());
        Optional<String> filter = Optional.ofNullable(name);
        if (json) {
            out.println(Json.write(report.json(filter)));
        } else {
            out.print(report.text(filter, all));
        }
    }
}
