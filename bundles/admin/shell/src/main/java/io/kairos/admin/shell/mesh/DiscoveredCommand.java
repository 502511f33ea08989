package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.admin.DiscoveredInterfaces;
import io.kairos.api.admin.DiscoveredInterfaces.Found;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows interfaces that others announce. */
@Service
@Command(
        scope = "mesh",
        name = "discovered",
        description = "Shows interfaces of other nodes that were announced on the mesh",
        detailedDescription =
                "They are collected only where etc/io.kairos.core.discovery.cfg says enabled = true. Whoever announces one"
                        + " has spent work on it, which proves nothing else about it.")
public final class DiscoveredCommand extends NodeCommand {

    private static final Set<String> CONNECTABLE = Set.of("BackboneInterface", "TCPServerInterface");

    @Option(
            name = "-D",
            aliases = "--details",
            description = "Show everything that was told, and the line that adds one")
    private boolean detailed;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        show(services, out, Optional.empty(), detailed, json);
    }

    /** Also what {@code mesh:status -d} and {@code -D} show; a filter is part of a name. */
    static void show(Services services, PrintStream out, Optional<String> filter, boolean detailed, boolean json) {
        List<Found> all = services.require(DiscoveredInterfaces.class).all().stream()
                .filter(found -> filter.isEmpty()
                        || found.name()
                                .toLowerCase(Locale.ROOT)
                                .contains(filter.get().toLowerCase(Locale.ROOT)))
                .toList();
        if (json) {
            out.println(Json.write(all.stream().map(DiscoveredCommand::json).toList()));
            return;
        }
        if (all.isEmpty()) {
            out.println(
                    filter.isPresent()
                            ? "No interface of such a name was announced, or discovery is off."
                            : "No interface was announced, or discovery is off.");
            out.println(
                    "  \u2192 enabled = true in etc/io.kairos.core.discovery.cfg switches it on; then it takes hours.");
            return;
        }
        out.print(table(all, services.require(Clock.class).wallMillis(), detailed));
    }

    private static String table(List<Found> all, long now, boolean detailed) {
        Table table = new Table()
                .left("Name")
                .left("Kind")
                .left("Status")
                .right("Hops")
                .right("Work")
                .left("Heard");
        for (Found found : all) {
            table.row(
                    found.name(),
                    found.kind(),
                    found.status(),
                    found.hops(),
                    found.value(),
                    Units.age(now, found.lastMillis()) + " ago");
            if (detailed) {
                table.note(details(found));
            }
        }
        return table.toText();
    }

    private static String details(Found found) {
        String told = found.details().entrySet().stream()
                .map(detail -> detail.getKey() + " " + Units.printable(detail.getValue()))
                .collect(Collectors.joining(", "));
        String text = "  node " + found.node() + (found.forwards() ? ", forwards" : "") + ", " + told;
        String host = found.details().get("reachable_on");
        String port = found.details().get("port");
        boolean connectable = CONNECTABLE.contains(found.kind()) && host != null && port != null;
        return connectable
                ? text + "\n  \u2192 iface:add tcp-client name="
                        + found.name().replaceAll("[^A-Za-z0-9._-]+", "-") + " peer.host=" + Units.printable(host)
                        + " peer.port=" + Units.printable(port)
                : text;
    }

    private static Object json(Found found) {
        return new Fields()
                .put("name", found.name())
                .put("kind", found.kind())
                .put("node", found.node())
                .put("announcer", found.announcer())
                .put("forwards", found.forwards())
                .put("details", found.details())
                .put("value", found.value())
                .put("hops", found.hops())
                .put("first", Units.iso(found.firstMillis()))
                .put("last", Units.iso(found.lastMillis()))
                .put("status", found.status())
                .toMap();
    }
}
