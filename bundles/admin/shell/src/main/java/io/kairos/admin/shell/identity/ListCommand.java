package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the identities of this node. */
@Service
@Command(scope = "identity", name = "list", description = "Lists the identities of this node")
public final class ListCommand extends NodeCommand {

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        IdentityStore store = services.require(IdentityStore.class);
        List<LocalDestination> open =
                services.find(Endpoints.class).map(Endpoints::destinations).orElse(List.of());
        IdentityReport report = new IdentityReport(open);
        if (json) {
            out.println(Json.write(report.json(store.all())));
        } else {
            out.print(report.list(store.all()));
        }
    }
}
