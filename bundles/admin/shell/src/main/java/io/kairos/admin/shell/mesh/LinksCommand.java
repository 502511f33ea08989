package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists links that end on this node. */
@Service
@Command(scope = "mesh", name = "links", description = "Lists links that end on this node")
public final class LinksCommand extends NodeCommand {

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        List<Link> links = services.require(Endpoints.class).links();
        if (json) {
            out.println(Json.write(LinkReport.json(links)));
        } else {
            out.print(LinkReport.text(links));
        }
    }
}
