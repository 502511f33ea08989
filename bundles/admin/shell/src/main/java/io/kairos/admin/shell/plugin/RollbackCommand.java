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

/** Puts the version before in the place of a plugin. */
@Service
@Command(
        scope = "plugin",
        name = "rollback",
        description = "Puts the version before in the place of a plugin",
        detailedDescription =
                "The version that is left stays on the node, so that another rollback goes forward again. Settings stay as they are.")
public final class RollbackCommand extends PluginCommand {

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
        offer(plugins, plugins.planRollback(name), yes, out);
    }
}
