package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.NetworkCompleter;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the networks of this node. */
@Service
@Command(
        scope = "mesh",
        name = "networks",
        description = "Lists the networks of this node: identity, interfaces, paths",
        detailedDescription =
                "The networks of one node share nothing: no key, no path, no interface, no endpoint. The network main is"
                        + " always there; each file etc/io.kairos.network-NAME.cfg makes another, and an interface joins it"
                        + " with network = NAME. Other commands look at main unless --network names another.")
public final class NetworksCommand extends NodeCommand {

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected Optional<String> usualNetwork() {
        return Optional.empty();
    }

    @Override
    protected void run(Services services, PrintStream out) {
        List<NetworkReport> reports =
                network().map(List::of).orElseGet(() -> List.copyOf(NetworkCompleter.names(services))).stream()
                        .map(name -> NetworkReport.of(name, services.in(name)))
                        .toList();
        if (json) {
            out.println(Json.write(reports.stream().map(NetworkReport::json).toList()));
        } else {
            out.print(NetworkReport.text(reports));
        }
    }
}
