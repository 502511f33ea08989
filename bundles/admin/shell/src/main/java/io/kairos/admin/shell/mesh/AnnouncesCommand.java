package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.AnnounceView;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists announces heard lately. */
@Service
@Command(scope = "mesh", name = "announces", description = "Lists announces heard lately, newest first")
public final class AnnouncesCommand extends NodeCommand {

    @Option(name = "-n", aliases = "--count", description = "Show at most this many")
    private String count = "50";

    @Option(name = "-m", aliases = "--max-hops", description = "Show only announces from at most this many hops away")
    private String maxHops = "255";

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        services.require(Router.class);
        int most = Arguments.count("-n", count, 1, 100_000);
        int hops = Arguments.count("-m", maxHops, 0, 255);
        List<AnnounceView> heard = services.all(Router.class).stream()
                .flatMap(router -> router.announces().stream())
                .filter(view -> view.hops() <= hops)
                .sorted(Comparator.comparingLong(AnnounceView::heardMillis).reversed())
                .limit(most)
                .toList();
        AnnounceReport report = new AnnounceReport(services.require(Clock.class).wallMillis());
        if (json) {
            out.println(Json.write(report.json(heard)));
        } else {
            out.print(report.text(heard));
        }
    }
}
