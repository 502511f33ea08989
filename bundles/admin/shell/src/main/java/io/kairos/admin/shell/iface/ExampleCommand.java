package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Services;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Prints a settings file. */
@Service
@Command(
        scope = "iface",
        name = "example",
        description = "Prints a commented settings file for a kind of interface, ready to paste")
public final class ExampleCommand extends InterfaceCommand {

    @Argument(name = "kind", description = "A kind of interface, for example tcp-client", required = true)
    @Completion(KindCompleter.class)
    private String kind;

    @Override
    protected void run(Services services, PrintStream out) {
        out.print(ExampleFile.example(Interfaces.catalog(services, context()).require(kind)));
    }
}
