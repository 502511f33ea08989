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
                "Asks each serial port whether a radio with RNode firmware is there; nothing is sent on air. --port names"
                        + " what is asked instead: another name of a device, a pseudo-terminal, tcp://host for a radio in"
                        + " the network. With --add, --region and --profile the radio is brought up at once. Ports that an"
                        + " interface of this node uses are left alone. iface:rnode-profiles lists regions and profiles.")
public final class RnodeScanCommand extends InterfaceCommand {

    /** A board starts, is asked, is set up and confirms each of its settings; a first attempt may fail. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    @Option(name = "--add", description = "Name of the interface to add for the radio that is found")
    private String name;

    @Option(name = "--region", description = "Where the radio stands, for example eu868")
    private String region;

    @Option(name = "--profile", description = "long-range, balanced or fast")
    private String profile = "balanced";

    @Option(
            name = "--port",
            description = "What is asked: a device or tcp://host; several times for several",
            multiValued = true)
    private List<String> ports;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        RadioScanner scanner = scanner(services).get(0);
        InterfaceConfigurations configurations = Interfaces.configurations(services, context());
        if (name != null) {
            AddRequest.requireName(name);
            requireNew(services, configurations);
            RadioChoice.requirePlan(scanner.plans(), Optional.ofNullable(region), profile);
        }
        boolean isNamed = ports != null && !ports.isEmpty();
        List<Found> found = isNamed ? scanner.scan(ports) : scanner.scan();
        if (name == null) {
            out.print(RadioReport.found(found, scanner.plans(), isNamed));
            return;
        }
        if (RadioChoice.usable(found).size() != 1 && found.size() > 1) {
            out.println(RadioReport.table(found));
        }
        add(services, configurations, scanner, RadioChoice.one(found), out);
    }

    private void add(
            Services services,
            InterfaceConfigurations configurations,
            RadioScanner scanner,
            Found radio,
            PrintStream out)
            throws InterruptedException {
        InterfaceKind kind =
                Interfaces.catalog(services, context()).require(radio.kind().orElseThrow());
        List<String> words = new ArrayList<>(List.of("name=" + name));
        scanner.settings(radio, region, profile).forEach((key, value) -> words.add(key + "=" + value));
        AddRequest request = AddRequest.of(kind, words);
        requireNew(services, configurations);
        request.check(kind, services.find(Configurations.class));
        Optional<Path> file = configurations.add(kind, name, request.settings());
        out.println("%s with firmware %s at %s.".formatted(radio.model(), radio.firmware(), radio.port()));
        out.print(RadioReport.tuned(scanner.plans(), region, profile));
        out.println(file.map(path -> "Written to " + path + ".").orElse("Added."));
        out.flush();
        if (Interfaces.tellUp(services, name, PATIENCE, out)) {
            out.println("More about it:  iface:show " + name);
        }
    }

    private void requireNew(Services services, InterfaceConfigurations configurations) {
        if (configurations.find(name).isPresent() || Running.all(services).containsKey(name)) {
            throw Arguments.wrong(
                    "An interface '%s' exists already.".formatted(name),
                    "Choose another name, or see it with iface:show %s.".formatted(name));
        }
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
