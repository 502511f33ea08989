package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.safety.SafetyCheck;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Greets whoever opens a console. */
@Service
@Command(
        scope = "mesh",
        name = "welcome",
        description = "Tells where the node's identity is kept, how its interfaces are, and what to try next")
public final class WelcomeCommand extends NodeCommand {

    @Option(
            name = "--at-start",
            description =
                    "For etc/shell.init.script: says nothing where nobody reads, and waits until the node has started")
    private boolean atStart;

    @Override
    protected Optional<String> usualNetwork() {
        return Optional.empty();
    }

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        boolean developer = SafetyCheck.isDeveloper(context());
        if (atStart && developer) {
            session().put("APPLICATION", "developer kairos"); // what the prompt begins with
        }
        // a command that came over SSH runs the script too, but without a terminal: its output belongs to the command
        if (atStart && session().getTerminal() == null) {
            return;
        }
        Welcome welcome = new Welcome(services);
        if (atStart && services.find(Clock.class).isPresent()) {
            new Patience(services.require(Clock.class)).until(welcome::isComplete, Greeting.PATIENCE);
        }
        if (developer) {
            out.println(
                    "DEVELOPER MODE: this node takes bundles that nobody signed. To end it, remove kairos.mode from");
            out.println("etc/custom.system.properties and start the node again.");
            out.println();
        }
        welcome.lines().forEach(out::println);
        out.println();
    }
}
