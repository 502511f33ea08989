package io.kairos.admin.shell.plugin;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Units;
import io.kairos.api.admin.Plugins;
import io.kairos.api.admin.Plugins.Installed;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows one plugin. */
@Service
@Command(scope = "plugin", name = "info", description = "Shows what an installed plugin consists of")
public final class InfoCommand extends PluginCommand {

    @Argument(index = 0, name = "name", description = "Name of the plugin", required = true)
    @Completion(InstalledCompleter.class)
    private String name;

    @Override
    protected void run(Services services, PrintStream out) {
        Installed found = services.require(Plugins.class).installed().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Arguments.wrong(
                        "No plugin called " + name + " is installed.", "plugin:list shows what is installed."));
        out.println(found.name() + " " + found.version() + ": " + Units.printable(found.title()));
        out.println("  signed by  " + found.owner());
        out.println("  before     " + found.previous().orElse("-"));
        out.println("  highest    " + found.highest());
        found.features().forEach(feature -> out.println("  feature    " + feature));
        found.bundles().forEach(bundle -> out.println("  bundle     " + bundle));
        found.needs().forEach(need -> out.println("  needs      " + Units.printable(need)));
    }
}
