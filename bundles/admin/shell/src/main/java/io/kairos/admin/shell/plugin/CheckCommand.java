package io.kairos.admin.shell.plugin;

import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Units;
import io.kairos.api.admin.Plugins;
import io.kairos.api.admin.Plugins.Check;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Tests a plugin. */
@Service
@Command(
        scope = "plugin",
        name = "check",
        description = "Tests an installed plugin as after its installation",
        detailedDescription =
                "Its features are installed, its bundles run, its components have what they need, and its own checks find no"
                        + " error. The command fails where one of these does not hold.")
public final class CheckCommand extends PluginCommand {

    @Argument(index = 0, name = "name", description = "Name of the plugin", required = true)
    @Completion(InstalledCompleter.class)
    private String name;

    @Override
    protected void run(Services services, PrintStream out) {
        List<Check> checks = services.require(Plugins.class).check(name);
        for (Check check : checks) {
            out.println((check.isGood() ? "  good  " : "  BAD   ") + Units.printable(check.message()));
        }
        List<Check> bad = checks.stream().filter(check -> !check.isGood()).toList();
        if (!bad.isEmpty()) {
            throw new MeshException(
                    Failure.Kind.HARDWARE,
                    name + " is not as it should be: " + Units.count(bad.size(), "check") + " failed.",
                    bad.get(0).remedy());
        }
        out.println(name + " is as it should be.");
    }
}
