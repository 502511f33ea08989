package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists destinations open on this node. */
@Service
@Command(scope = "mesh", name = "destinations", description = "Lists destinations open on this node")
public final class DestinationsCommand extends NodeCommand {

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        List<LocalDestination> destinations = services.require(Endpoints.class).destinations();
        if (json) {
            out.println(Json.write(DestinationReport.json(destinations)));
        } else {
            out.print(DestinationReport.text(destinations));
        }
    }
}
