package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.Services;
import io.kairos.api.routing.Router;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.MeshInterface;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows whom an interface hears; for operators, because it tells who is near. */
@Service
@Command(
        scope = "iface",
        name = "neighbours",
        description = "Shows the neighbours of an interface, and what each has sent",
        detailedDescription =
                "Neighbours that are interfaces of their own, and on shared media those who say who they are: call signs of"
                        + " AX.25, addresses of UDP, writers of sticks. Nothing of that is proven but the writers, and at"
                        + " most 256 are kept. It is told here alone, not in logs; metrics have their number.")
public final class NeighboursCommand extends InterfaceCommand {

    @Argument(name = "name", description = "Name of an interface", required = true)
    @Completion(NameCompleter.class)
    private String name;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        if (!Running.all(services).containsKey(name)) {
            throw Arguments.wrong(
                    "No interface '%s' is running.".formatted(name), "iface:list shows those that there are.");
        }
        NeighbourReport report =
                NeighbourReport.of(name, services.all(Router.class), services.all(MeshInterface.class));
        out.print(
                json
                        ? Json.write(report.json()) + System.lineSeparator()
                        : report.text(services.require(Clock.class).wallMillis()));
    }
}
