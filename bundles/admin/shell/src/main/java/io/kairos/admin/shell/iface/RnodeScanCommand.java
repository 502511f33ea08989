package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.api.admin.Configurations;
import io.kairos.api.transport.RadioScanner;
import io.kairos.api.transport.RadioScanner.Found;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Finds radios and brings one up. */
@Service
@Command(
        scope = "iface",
        name = "rnode-scan",
        description = "Looks for RNode radios at the serial ports; brings one up with --add",
        detailedDescription =
                "Asks each serial port whether a radio with RNode firmware is there; nothing is sent on air. With --add,"
                        + " --region and --profile the radio is brought up at once. Ports that an interface uses are in"
                        + " use and are not asked. iface:rnode-profiles lists regions and profiles.")
public final class RnodeScanCommand extends InterfaceCommand {

    /** A radio is set up and confirms each of its settings. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Option(name = "--add", description = "Name of the interface to add for the radio that is found")
    private String name;

    @Option(name = "--region", description = "Where the radio stands, for example eu868")
    private String region;

    @Option(name = "--profile", description = "long-range, balanced or fast")
    private String profile = "balanced";

    @Option(name = "--port", description = "Which port, where there are several radios")
    private String port;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        RadioScanner scanner = scanner(services).get(0);
        if (name != null && region == null) {
            throw Arguments.wrong(
                    "Where does the radio stand?",
                    "Add --region with one of those that iface:rnode-profiles lists, for example --region eu868.");
        }
        List<Found> found = scanner.scan();
        if (name == null) {
            out.print(RadioReport.found(found));
            return;
        }
        add(services, scanner, one(found), out);
    }

    private void add(Services services, RadioScanner scanner, Found radio, PrintStream out)
            throws InterruptedException {
        InterfaceKind kind =
                Interfaces.catalog(services, context()).require(radio.kind().orElseThrow());
        List<String> words = new ArrayList<>(List.of("name=" + name));
        scanner.settings(radio, region, profile).forEach((key, value) -> words.add(key + "=" + value));
        AddRequest request = AddRequest.of(kind, words);
        InterfaceConfigurations configurations = Interfaces.configurations(services, context());
        if (configurations.find(name).isPresent() || Running.all(services).containsKey(name)) {
            throw Arguments.wrong(
                    "An interface '%s' exists already.".formatted(name),
                    "Choose another name, or see it with iface:show %s.".formatted(name));
        }
        request.check(kind, services.find(Configurations.class));
        Optional<Path> file = configurations.add(kind, name, request.settings());
        out.println("%s with firmware %s at %s.".formatted(radio.model(), radio.firmware(), radio.port()));
        out.println(file.map(path -> "Written to " + path + ".").orElse("Added."));
        Interfaces.tell(services, name, true, PATIENCE, out);
    }

    /** The only radio that can be used, or the one at the port. */
    private Found one(List<Found> found) {
        List<Found> usable = found.stream()
                .filter(each -> each.kind().isPresent())
                .filter(each -> port == null || each.port().equals(port))
                .toList();
        if (usable.size() == 1) {
            return usable.get(0);
        }
        throw usable.isEmpty()
                ? Arguments.wrong(
                        port == null ? "No RNode was found." : "No RNode was found at %s.".formatted(port),
                        "iface:rnode-scan tells what is at the ports of this machine.")
                : Arguments.wrong(
                        "There are %d radios.".formatted(usable.size()),
                        "Add --port with one of: "
                                + String.join(
                                        ", ", usable.stream().map(Found::port).toList()) + ".");
    }

    /** All that look for radios; at least one. */
    static List<RadioScanner> scanner(Services services) {
        List<RadioScanner> scanners = services.all(RadioScanner.class);
        if (scanners.isEmpty()) {
            throw Arguments.wrong(
                    "The transport for RNode radios is not installed.",
                    "Install it with feature:install kairos-transport-rnode.");
        }
        return scanners;
    }
}
