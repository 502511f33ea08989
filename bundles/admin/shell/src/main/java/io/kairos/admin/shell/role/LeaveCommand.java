package io.kairos.admin.shell.role;

import io.kairos.admin.shell.Services;
import io.kairos.api.admin.Roles;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Leaves a role. */
@Service
@Command(scope = "role", name = "leave", description = "Leaves a role; what it had set is as it was before")
public final class LeaveCommand extends RoleCommand {

    @Argument(name = "name", description = "Name of a role", required = true)
    @Completion(RoleCompleter.class)
    private String name;

    @Override
    protected void run(Services services, PrintStream out) {
        services.require(Roles.class).leave(name).forEach(out::println);
        out.printf("This node is no %s any more; what the role had set is as it was before.%n", name);
    }
}
