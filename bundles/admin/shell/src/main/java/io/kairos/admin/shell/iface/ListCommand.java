package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Services;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists interfaces, also those that are configured but do not run. */
@Service
@Command(
        scope = "iface",
        name = "list",
        description = "Lists the interfaces of this node and where they are configured")
public final class ListCommand extends InterfaceCommand {

    @Option(name = "-k", aliases = "--kinds", description = "List the kinds of interfaces that can be added")
    private boolean kinds;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        if (kinds) {
            List<InterfaceKind> offered =
                    Interfaces.catalog(services, context()).kinds();
            out.print(json ? Json.write(InterfaceReport.kindsJson(offered)) + "\n" : InterfaceReport.kinds(offered));
            return;
        }
        InterfaceReport all = new InterfaceReport(
                Running.all(services),
                Interfaces.configurations(services, context()).all());
        InterfaceReport report = network().map(all::in).orElse(all);
        out.print(json ? Json.write(report.json()) + "\n" : report.list());
    }
}
