package io.kairos.admin.shell.role;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Services;
import io.kairos.api.admin.Roles;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists roles. */
@Service
@Command(scope = "role", name = "list", description = "Lists what this node could be for, and what it is")
public final class ListCommand extends RoleCommand {

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        List<Roles.Role> roles = services.require(Roles.class).all();
        if (json) {
            out.println(Json.write(RoleReport.listJson(roles)));
        } else {
            out.print(RoleReport.list(roles));
        }
    }
}
