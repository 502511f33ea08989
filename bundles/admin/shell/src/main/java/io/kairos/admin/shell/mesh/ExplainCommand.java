package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.PathTable.Explanation;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Tells why a path is used. */
@Service
@Command(
        scope = "mesh",
        name = "explain",
        description = "Tells which path to a destination is used, why, and what would change it")
public final class ExplainCommand extends NodeCommand {

    @Argument(
            name = "destination",
            description = "Hash of a destination (32 hexadecimal digits), or its name",
            required = true)
    @Completion(DestinationCompleter.class)
    private String destination;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        DestinationHash to = new Destinations(services).resolve(destination);
        Explanation explanation = services.require(PathTable.class)
                .explain(to)
                .orElseThrow(() -> Arguments.wrong(
                        "No path to %s is known.".formatted(to.toHex()),
                        "Ask the network for one with mesh:path %s.".formatted(to.toHex())));
        ExplainReport report = new ExplainReport(
                explanation,
                services.find(KnownDestinations.class).flatMap(known -> known.peek(to)),
                services.require(Clock.class).wallMillis());
        if (json) {
            out.println(Json.write(report.json()));
        } else {
            out.print(report.text());
        }
    }
}
