package io.kairos.admin.shell.plugin;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Table;
import io.kairos.api.admin.Plugins;
import io.kairos.api.admin.Plugins.Installed;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists plugins. */
@Service
@Command(scope = "plugin", name = "list", description = "Lists the plugins that were installed from packages")
public final class ListCommand extends PluginCommand {

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        List<Installed> all = services.require(Plugins.class).installed();
        if (json) {
            out.println(Json.write(all.stream().map(ListCommand::json).toList()));
            return;
        }
        if (all.isEmpty()) {
            out.println("No plugin is installed.");
            out.println("  \u2192 plugin:install FILE installs one from a signed package.");
            return;
        }
        Table table = new Table()
                .left("Plugin")
                .left("Version")
                .left("Before")
                .left("Key")
                .left("Title");
        all.forEach(one -> table.row(one.name(), one.version(), one.previous().orElse("-"), one.owner(), one.title()));
        out.print(table.toText());
    }

    private static Object json(Installed one) {
        return new Fields()
                .put("name", one.name())
                .put("version", one.version())
                .put("previous", one.previous().orElse(""))
                .put("highest", one.highest())
                .put("owner", one.owner())
                .put("title", one.title())
                .toMap();
    }
}
