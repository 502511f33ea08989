package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.mesh.Rates;
import io.kairos.admin.shell.mesh.StatusReport;
import io.kairos.api.routing.Router;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.MeshInterface;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows one interface with its settings. */
@Service
@Command(scope = "iface", name = "show", description = "Shows an interface, its traffic and its settings")
public final class ShowCommand extends InterfaceCommand {

    @Argument(name = "name", description = "Name of an interface", required = true)
    @Completion(NameCompleter.class)
    private String name;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        InterfaceConfigurations configurations = Interfaces.configurations(services, context());
        Optional<Running> running = Optional.ofNullable(Running.all(services).get(name));
        Optional<Configured> configured =
                running.isPresent() ? configurations.find(name) : Optional.of(configurations.require(name));
        Rates rates = services.find(Rates.class).orElse(Rates.UNKNOWN);
        if (json) {
            out.println(Json.write(InterfaceReport.json(running, configured, rates)));
            return;
        }
        long now = services.require(Clock.class).wallMillis();
        running.flatMap(Running::view)
                .ifPresentOrElse(
                        view -> out.println(new StatusReport(services.all(Router.class), rates, now).one(view)),
                        () -> out.println(name + " is not running: mesh:doctor tells why.\n"));
        out.print(reachedAt(services));
        out.print(readings(services));
        out.print(neighbours(services));
        configured.map(InterfaceReport::settings).ifPresent(out::print);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** The address that others need, of media that have one of their own. */
    private String reachedAt(Services services) {
        return services.all(MeshInterface.class).stream()
                .filter(each -> each.name().equals(name))
                .flatMap(each -> each.offer().stream())
                .flatMap(offer -> Stream.ofNullable(offer.details().get("reachable_on")))
                .map(address -> "Others reach it at " + address + System.lineSeparator() + System.lineSeparator())
                .collect(Collectors.joining());
    }

    /** How many there are; who they are is for operators. */
    private String neighbours(Services services) {
        int heard =
                NeighbourReport.heard(name, services.all(MeshInterface.class)).size();
        return heard == 0 ? "" : "Neighbours heard: %d (iface:neighbours %s shows them)%n%n".formatted(heard, name);
    }

    /** What the medium measures, where it does. */
    private String readings(Services services) {
        Table table = new Table().left("measured").right("value").left("unit");
        services.all(MeshInterface.class).stream()
                .filter(each -> each.name().equals(name))
                .flatMap(each -> each.readings().stream())
                .forEach(each -> table.row(each.name(), number(each.value()), each.unit()));
        return table.isEmpty() ? "" : table.toText() + System.lineSeparator();
    }
}
