package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Units;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.PathTable.PathView;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows, asks for and forgets paths; the counterpart of rnpath. */
@Service
@Command(
        scope = "mesh",
        name = "path",
        description = "Shows the paths this node knows, asks for one, forgets some",
        detailedDescription =
                "Without a destination it lists all paths. With a destination it shows the path to it and, where none"
                        + " is known, asks the network and waits. -r shows how often destinations announce, -d forgets a"
                        + " path, --drop-via all paths over a next hop, --drop-announces what waits to be repeated. People"
                        + " from Reticulum know this command as rnpath.")
public class PathCommand extends NodeCommand {

    /** The node gives up by itself; this is for a node that forgets to. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    @Argument(name = "destination", description = "Hash of a destination (32 hexadecimal digits), or its name")
    @Completion(DestinationCompleter.class)
    private String destination;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-t", aliases = "--table", description = "List what is known and ask nobody; the default")
    private boolean table;

    @Option(name = "-m", aliases = "--max-hops", description = "Show only paths with at most this many hops")
    private String maxHops = "255";

    @Option(name = "-r", aliases = "--rates", description = "Show how often destinations announce")
    private boolean rates;

    @Option(name = "-d", aliases = "--drop", description = "Forget the path to the destination")
    private boolean drop;

    @Option(
            name = "-x",
            aliases = "--drop-via",
            description = "Forget all paths whose next hop is the destination given")
    private boolean dropVia;

    @Option(name = "-D", aliases = "--drop-announces", description = "Forget all announces that wait to be repeated")
    private boolean dropAnnounces;

    @Option(name = "-w", aliases = "--wait", description = "Wait this many seconds for a path that is not known")
    private String wait = "15";

    @Option(name = "-b", aliases = "--blackholed", description = "List the identities that are refused")
    private boolean blackholed;

    @Option(name = "-B", aliases = "--blackhole", description = "Refuse the identity given instead of a destination")
    private boolean blackhole;

    @Option(name = "-U", aliases = "--unblackhole", description = "Let the identity given in again")
    private boolean unblackhole;

    @Option(
            name = "-p",
            aliases = "--blackholed-list",
            description = "Read the refused identities another node publishes")
    private boolean published;

    @Option(name = "--duration", description = "With -B: for so many hours; without it for good")
    private String hours;

    @Option(name = "--reason", description = "With -B: why, shown in the list")
    private String reason;

    @Option(name = "-R", description = "Ask another node, by the hash of its transport identity; with -t or -r")
    private String remote;

    @Option(name = "-i", description = "With -R: name of the identity to show; the other node must allow it")
    private String identity = IdentityStore.NODE;

    @Option(name = "-W", description = "With -R and -p: seconds to wait for the answer")
    private String remoteWait = "15";

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        if (remote != null || published) {
            askOther(services, out);
            return;
        }
        if (blackholed || blackhole || unblackhole) {
            refuse(services, out);
            return;
        }
        PathTable paths = services.require(PathTable.class);
        if (dropAnnounces) {
            out.println(Units.count(paths.dropQueuedAnnounces(), "announce") + " forgotten.");
        } else if (dropVia) {
            out.println(Units.count(paths.dropVia(Arguments.destination(given("--drop-via"))), "path") + " forgotten.");
        } else if (drop) {
            drop(paths, new Destinations(services).resolve(given("-d")), out);
        } else if (rates) {
            showRates(services, paths, out);
        } else {
            show(services, paths, out);
        }
    }

    private void askOther(Services services, PrintStream out) throws InterruptedException {
        RemoteQuery query = new RemoteQuery(services, Arguments.seconds("-W", remoteWait, 1, 3600));
        if (published) {
            Object list = query.blackhole(given("-p"));
            out.print(json ? Json.write(RemoteReport.json(list)) + "\n" : RemoteReport.blackhole(list));
            return;
        }
        byte[] only = destination == null
                ? null
                : new Destinations(services).resolve(destination).toBytes();
        int hops = Arguments.count("-m", maxHops, 0, 255);
        List<Object> asked = rates ? Arrays.asList("rates", only) : Arrays.asList("table", only, (long) hops);
        Object answer = query.manage(remote, identity, "/path", asked);
        if (json) {
            out.println(Json.write(RemoteReport.json(answer)));
        } else {
            out.print(rates ? RemoteReport.rates(answer) : RemoteReport.paths(answer));
        }
    }

    private void refuse(Services services, PrintStream out) {
        Refusing refusing = new Refusing(services, out);
        if (blackholed) {
            refusing.list(json);
        } else if (blackhole) {
            refusing.add(Arguments.identity(given("-B")), hours, reason);
        } else {
            refusing.remove(Arguments.identity(given("-U")));
        }
    }

    private String given(String option) {
        if (destination == null) {
            throw Arguments.wrong(
                    option + " needs a destination.", "Give its hash: mesh:path " + option + " <destination>.");
        }
        return destination;
    }

    private static void drop(PathTable paths, DestinationHash to, PrintStream out) {
        if (!paths.drop(to)) {
            throw Arguments.wrong("No path to %s is known.".formatted(to.toHex()), "mesh:path lists the known paths.");
        }
        out.println("1 path forgotten.");
    }

    private void showRates(Services services, PathTable paths, PrintStream out) {
        PathReport report = new PathReport(services.require(Clock.class).wallMillis());
        Optional<DestinationHash> only =
                Optional.ofNullable(destination).map(text -> new Destinations(services).resolve(text));
        List<PathTable.RateView> shown = paths.rates().stream()
                .filter(rate -> only.isEmpty() || only.get().equals(rate.destination()))
                .toList();
        if (json) {
            out.println(Json.write(report.ratesJson(shown)));
        } else {
            out.print(report.ratesText(shown));
        }
    }

    private void show(Services services, PathTable paths, PrintStream out) throws InterruptedException {
        int hops = Arguments.count("-m", maxHops, 0, 255);
        List<PathView> shown = destination == null
                ? paths.all()
                : List.of(path(services, paths, new Destinations(services).resolve(destination), out));
        PathReport report = new PathReport(services.require(Clock.class).wallMillis());
        List<PathView> sorted = PathReport.sorted(shown, hops);
        if (json) {
            out.println(Json.write(report.json(sorted)));
        } else {
            out.print(report.text(sorted));
        }
    }

    /** The path as it is known, or as the network answers. */
    private PathView path(Services services, PathTable paths, DestinationHash to, PrintStream out)
            throws InterruptedException {
        Optional<PathView> known = paths.find(to);
        if (known.isPresent()) {
            return known.get();
        }
        if (!table) {
            Duration patience = Arguments.seconds("-w", wait, 0, 3600);
            if (!json) {
                out.println("No path is known; asking the network for up to " + Units.duration(patience) + " …");
                out.flush();
            }
            request(services.require(PacketRouter.class), to, patience);
        }
        return paths.find(to).orElseThrow(() -> unknown(to));
    }

    private static void request(PacketRouter router, DestinationHash to, Duration patience)
            throws InterruptedException {
        try {
            router.requestPath(to, patience)
                    .toCompletableFuture()
                    .get(patience.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MeshException known ? known : new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            // the same as no answer: the caller looks into the table
        }
    }

    private static MeshException unknown(DestinationHash to) {
        return new MeshException(
                Failure.Kind.NETWORK,
                "No path to %s is known.".formatted(to.toHex()),
                "Check the hash. mesh:status shows whether an interface is up; the destination may be off: a longer"
                        + " wait (-w 60) helps on slow media.");
    }
}
