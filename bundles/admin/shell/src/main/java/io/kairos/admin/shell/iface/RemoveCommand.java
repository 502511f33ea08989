package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Services;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes an interface and its settings. */
@Service
@Command(scope = "iface", name = "remove", description = "Removes an interface and the file with its settings")
public final class RemoveCommand extends InterfaceCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Argument(name = "name", description = "Name of an interface", required = true)
    @Completion(NameCompleter.class)
    private String name;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        InterfaceConfigurations configurations = Interfaces.configurations(services, context());
        Configured configured = configurations.require(name);
        configurations.remove(configured);
        boolean gone =
                new Patience(services.require(Clock.class)).until(() -> configurations.isGone(configured), PATIENCE);
        out.println(
                gone ? name + " is removed." : name + " goes as soon as the container has noticed; iface:list tells.");
    }
}
