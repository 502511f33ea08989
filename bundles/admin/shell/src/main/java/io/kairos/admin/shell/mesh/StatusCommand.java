package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.routing.Router;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows the node and its interfaces; the counterpart of rnstatus. */
@Service
@Command(
        scope = "mesh",
        name = "status",
        description = "Shows the node and its interfaces: state, traffic, announces",
        detailedDescription =
                "Shows for each network of the node whether it forwards for others, its transport id and for how long"
                        + " it has run; then each interface with its state, what it has carried and, where it is not up,"
                        + " why not and what to do. Rates are those of the last five to ten seconds. With -m it does so"
                        + " again and again until you end it. People from Reticulum know this command as rnstatus.")
public class StatusCommand extends NodeCommand {

    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Argument(name = "name", description = "Show only interfaces with this name, or whose name contains it")
    @Completion(InterfaceCompleter.class)
    private String name;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-a", aliases = "--all", description = "List neighbours that are interfaces of their own too")
    private boolean all;

    @Option(name = "-A", aliases = "--announce-stats", description = "Show announces; they are always shown")
    @SuppressWarnings("UnusedVariable") // accepted for those whose hands know it
    private boolean announces;

    @Option(name = "-P", aliases = "--pr-stats", description = "Show path requests, too")
    private boolean requests;

    @Option(name = "-l", aliases = "--link-stats", description = "Show links that pass through; they are always shown")
    @SuppressWarnings("UnusedVariable") // accepted for those whose hands know it
    private boolean links;

    @Option(name = "-B", aliases = "--burst", description = "Only interfaces on which too much arrives")
    private boolean burst;

    @Option(name = "-t", aliases = "--totals", description = "Show sums over all interfaces")
    private boolean totals;

    @Option(
            name = "-s",
            aliases = "--sort",
            description = "Sort by rate, traffic, rx, tx, rxs, txs, announces, arx, atx, prx, ptx or held")
    private String sort;

    @Option(name = "-r", aliases = "--reverse", description = "Sort the other way round")
    private boolean reverse;

    @Option(name = "-R", description = "Ask another node, by the hash of its transport identity")
    private String remote;

    @Option(name = "-i", description = "With -R: name of the identity to show; the other node must allow it")
    private String identity = IdentityStore.NODE;

    @Option(name = "-w", description = "With -R: seconds to wait for the answer")
    private String wait = "15";

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Option(name = "-d", aliases = "--discovered", description = "Show interfaces that others announce instead")
    private boolean discovered;

    @Option(name = "-D", description = "The same with everything that was told, and the line that adds one")
    private boolean detailed;

    @Option(name = "-m", aliases = "--monitor", description = "Show it again and again; Ctrl-C ends it")
    private boolean monitor;

    @Option(name = "-I", aliases = "--monitor-interval", description = "With -m: seconds in between")
    private String interval = "1";

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        if (monitor) {
            watch(services, out);
        } else {
            show(services, out);
        }
    }

    /** Until the operator ends it, or nobody reads it any more. */
    private void watch(Services services, PrintStream out) throws InterruptedException {
        Patience patience = new Patience(services.require(Clock.class));
        Duration pause = Arguments.seconds("-I", interval, 1, 3600);
        boolean terminal = session() != null
                && session().getTerminal() != null
                && session().getTerminal().getWidth() > 0;
        PrintStream console = session() == null ? out : session().getConsole();
        do {
            out.print(terminal ? CLEAR : "\n");
            show(services, out);
            out.flush();
            console.flush(); // between a command and its console stands something that does not hand it on
        } while (!patience.until(() -> out.checkError() || console.checkError(), pause));
    }

    private void show(Services services, PrintStream out) throws InterruptedException {
        if (discovered || detailed) {
            DiscoveredCommand.show(services, out, Optional.ofNullable(name), detailed, json);
        } else if (remote != null) {
            Object answer = new RemoteQuery(services, Arguments.seconds("-w", wait, 1, 3600))
                    .manage(remote, identity, "/status", List.of(true));
            out.print(json ? Json.write(RemoteReport.json(answer)) + "\n" : RemoteReport.status(answer));
        } else {
            showOwn(services, out);
        }
    }

    private void showOwn(Services services, PrintStream out) {
        services.require(Router.class);
        List<Router> routers = services.all(Router.class);
        Rates rates = services.find(Rates.class).orElse(Rates.UNKNOWN);
        StatusReport report =
                new StatusReport(routers, rates, services.require(Clock.class).wallMillis());
        Optional<String> filter = Optional.ofNullable(name);
        if (json) {
            out.println(Json.write(report.json(filter)));
        } else {
            out.print(report.text(filter, all, new StatusView(sort, reverse, burst, requests, totals)));
        }
    }
}
