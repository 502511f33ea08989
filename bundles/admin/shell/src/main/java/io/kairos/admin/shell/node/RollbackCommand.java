package io.kairos.admin.shell.node;

import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.admin.NodeVersions;
import io.kairos.api.admin.NodeVersions.Mark;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Goes back to the version before. */
@Service
@Command(
        scope = "node",
        name = "rollback",
        description = "Goes back to the version of the node before, at its next start",
        detailedDescription =
                "Takes back node:update as long as its version was not started. Otherwise the next start tries the version before"
                        + " the running one, as it would try a new one; another rollback goes forward again.")
public final class RollbackCommand extends NodeCommand {

    @Option(name = "--restart", description = "End the node at once and start the version before")
    private boolean restart;

    @Override
    protected void run(Services services, PrintStream out) {
        NodeVersions versions = services.require(NodeVersions.class);
        NextStart.require(versions, restart);
        String version = versions.rollback();
        boolean runs = versions.versions().stream()
                .anyMatch(one -> one.name().equals(version) && one.marks().contains(Mark.RUNNING));
        if (runs) {
            out.println("The node stays as it is; nothing is tried at the next start.");
            return;
        }
        out.println("Version " + version + " is tried at the next start.");
        NextStart.tell(versions, restart, out);
    }
}
