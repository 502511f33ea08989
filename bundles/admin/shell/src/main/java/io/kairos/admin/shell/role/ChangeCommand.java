package io.kairos.admin.shell.role;

import io.kairos.admin.shell.Services;
import io.kairos.api.admin.Roles;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Leaves the roles the node has and takes this one, in one step. */
@Service
@Command(
        scope = "role",
        name = "change",
        description = "Leaves the roles the node has and takes this one, in one step",
        detailedDescription = "Nothing is fetched from anywhere, and what runs goes on. The choice is kept in"
                + " etc/io.kairos.admin.roles.cfg. Your own settings hold; the role fills in what they do not name.")
public final class ChangeCommand extends RoleCommand {

    @Argument(name = "name", description = "Name of a role", required = true)
    @Completion(RoleCompleter.class)
    private String name;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        tell(services, name, services.require(Roles.class).change(name), out);
    }
}
