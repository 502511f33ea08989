package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows one identity of this node. */
@Service
@Command(
        scope = "identity",
        name = "show",
        description = "Shows an identity of this node: hash, public keys, open destinations")
public final class ShowCommand extends NodeCommand {

    @Argument(name = "name", description = "Name or hash of an identity of this node")
    @Completion(IdentityCompleter.class)
    private String name = IdentityStore.NODE;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        LocalIdentity identity = Identities.find(services.require(IdentityStore.class), name);
        List<LocalDestination> open =
                services.find(Endpoints.class).map(Endpoints::destinations).orElse(List.of());
        IdentityReport report = new IdentityReport(open);
        if (json) {
            out.println(Json.write(report.json(identity)));
        } else {
            out.print(report.show(identity));
        }
    }
}
