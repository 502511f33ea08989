package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Services;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Switches an interface off and keeps its settings. */
@Service
@Command(scope = "iface", name = "down", description = "Switches an interface off and keeps its settings")
public final class DownCommand extends InterfaceCommand {

    @Argument(name = "name", description = "Name of an interface", required = true)
    @Completion(NameCompleter.class)
    private String name;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        InterfaceConfigurations configurations = Interfaces.configurations(services, context());
        configurations.set(configurations.require(name), Setting.ENABLED, "false");
        Interfaces.tell(services, name, false, out);
    }
}
