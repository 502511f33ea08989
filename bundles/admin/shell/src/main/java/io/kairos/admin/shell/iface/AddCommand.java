package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.api.admin.Configurations;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Adds an interface. */
@Service
@Command(
        scope = "iface",
        name = "add",
        description = "Adds an interface: iface:add <kind> name=<name> key=value ...",
        detailedDescription =
                "Checks the settings, writes them to a file in etc and waits until the interface has come up."
                        + " iface:list -k lists the kinds, iface:example <kind> the settings of one. A passphrase typed"
                        + " here stays in the history of the console: write it to the file instead.")
public final class AddCommand extends InterfaceCommand {

    @Argument(index = 0, name = "kind", description = "A kind of interface, for example tcp-client", required = true)
    @Completion(KindCompleter.class)
    private String kind;

    @Argument(
            index = 1,
            name = "settings",
            description = "name=<name> and further settings, key=value",
            required = true,
            multiValued = true)
    @Completion(SettingCompleter.class)
    private List<String> settings;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        InterfaceConfigurations configurations = Interfaces.configurations(services, context());
        InterfaceKind wanted = Interfaces.catalog(services, context()).require(kind);
        AddRequest request = AddRequest.of(wanted, settings);
        if (configurations.find(request.name()).isPresent()
                || Running.all(services).containsKey(request.name())) {
            throw Arguments.wrong(
                    "An interface '%s' exists already.".formatted(request.name()),
                    "Choose another name, or see it with iface:show %s.".formatted(request.name()));
        }
        request.check(wanted, services.find(Configurations.class));
        Optional<Path> file = configurations.add(wanted, request.name(), request.settings());
        out.println(file.map(path -> "Written to " + path + ".").orElse("Added."));
        boolean enabled = !"false".equalsIgnoreCase(request.settings().get(Setting.ENABLED));
        Interfaces.tell(services, request.name(), enabled, out);
    }
}
