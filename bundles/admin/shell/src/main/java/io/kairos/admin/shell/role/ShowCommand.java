package io.kairos.admin.shell.role;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Services;
import io.kairos.api.admin.RoleSettings;
import io.kairos.api.admin.Roles;
import io.kairos.api.role.NodeRole;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows what a role sets. */
@Service
@Command(
        scope = "role",
        name = "show",
        description = "Shows what a role sets, what of it holds, and what you say instead")
public final class ShowCommand extends RoleCommand {

    @Argument(name = "name", description = "Name of a role", required = true)
    @Completion(RoleCompleter.class)
    private String name;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        List<Roles.Role> roles = services.require(Roles.class).all();
        Roles.Role role = roles.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Arguments.wrong(
                        "There is no role '%s'.".formatted(name),
                        "Roles are: %s."
                                .formatted(String.join(
                                        ", ",
                                        roles.stream().map(Roles.Role::name).toList()))));
        Optional<NodeRole> present = services.all(NodeRole.class).stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
        List<RoleSettings.Value> values = services.require(RoleSettings.class).values().stream()
                .filter(value -> value.role().equals(name))
                .toList();
        if (json) {
            out.println(Json.write(RoleReport.showJson(role, present, values)));
        } else {
            out.print(RoleReport.show(role, present, values));
        }
    }
}
