package io.kairos.admin.shell.plugin;

import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.Services;
import io.kairos.api.admin.Plugins;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes a plugin. */
@Service
@Command(
        scope = "plugin",
        name = "uninstall",
        description = "Removes a plugin",
        detailedDescription =
                "Its settings in etc stay, and so does the knowledge who may update it and which version it had, in case it comes back.")
public final class UninstallCommand extends PluginCommand {

    @Argument(index = 0, name = "name", description = "Name of the plugin", required = true)
    @Completion(InstalledCompleter.class)
    private String name;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-y", aliases = "--yes", description = "Do not ask")
    private boolean yes;

    @Override
    protected void run(Services services, PrintStream out) {
        Plugins plugins = services.require(Plugins.class);
        offer(plugins, plugins.planUninstall(name), yes, out);
    }
}
