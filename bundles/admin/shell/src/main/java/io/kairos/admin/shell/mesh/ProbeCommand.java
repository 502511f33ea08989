package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Services;
import io.kairos.api.link.Endpoints;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Probes a destination; the counterpart of rnprobe. */
@Service
@Command(
        scope = "mesh",
        name = "probe",
        description = "Sends packets to a destination and measures how long their proofs take",
        detailedDescription =
                "Only destinations that prove every packet answer, for example rnstransport.probe of a node that"
                        + " responds to probes. Give the hash, the name where only one known destination bears it, or, as"
                        + " with rnprobe, the name and the hash.")
public class ProbeCommand extends NodeCommand {

    @Argument(
            index = 0,
            name = "destination",
            description = "Hash (32 hexadecimal digits) or full name of a destination",
            required = true)
    @Completion(DestinationCompleter.class)
    private String destination;

    @Argument(index = 1, name = "hash", description = "The hash, where a name was given before it")
    @Completion(DestinationCompleter.class)
    private String hash;

    @Argument(index = 2, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-s", aliases = "--size", description = "Bytes of payload in each probe")
    private String size = "16";

    @Option(name = "-n", aliases = "--count", description = "How many probes to send")
    private String count = "1";

    @Option(name = "-t", aliases = "--timeout", description = "Seconds to wait for each answer")
    private String timeout = "20";

    @Option(name = "-w", aliases = "--wait", description = "Seconds between two probes")
    private String wait = "0";

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        ProbeRun.Settings settings = new ProbeRun.Settings(
                target(new Destinations(services)),
                Arguments.count("-s", size, 1, 383),
                Arguments.count("-n", count, 1, 1_000_000),
                Arguments.seconds("-t", timeout, 0.1, 3600),
                Arguments.seconds("-w", wait, 0, 86_400));
        Patience patience = new Patience(services.require(Clock.class));
        ProbeRun probes = new ProbeRun(services.require(Endpoints.class), patience, settings);
        if (json) {
            probes.run(Optional.empty());
            out.println(Json.write(probes.json()));
            return;
        }
        try {
            probes.run(Optional.of(out));
        } finally {
            out.print(probes.summary());
        }
        probes.check();
    }

    private DestinationHash target(Destinations destinations) {
        if (hash == null) {
            return destinations.resolve(destination);
        }
        DestinationHash to = Arguments.destination(hash);
        destinations.checkName(destination, to);
        return to;
    }
}
