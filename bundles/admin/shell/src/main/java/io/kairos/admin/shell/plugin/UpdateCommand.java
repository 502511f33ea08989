package io.kairos.admin.shell.plugin;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.Services;
import io.kairos.api.admin.Plugins;
import io.kairos.api.admin.Plugins.Consent;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Updates a plugin. */
@Service
@Command(
        scope = "plugin",
        name = "update",
        description = "Updates an installed plugin from a signed package",
        detailedDescription =
                "As plugin:install, but only for a plugin that is installed, and of a folder only packages of this plugin are"
                        + " looked at. The version before stays for plugin:rollback. A new version that fails its test is"
                        + " taken back by itself.")
public final class UpdateCommand extends PluginCommand {

    @Argument(index = 0, name = "name", description = "Name of the plugin", required = true)
    @Completion(InstalledCompleter.class)
    private String name;

    @Argument(
            index = 1,
            name = "source",
            description = "File, folder, https: address or mesh:DESTINATION/FILE",
            required = true)
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String source;

    @Argument(index = 2, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-y", aliases = "--yes", description = "Do not ask")
    private boolean yes;

    @Option(name = "--new-signer", description = "Agree that another trusted key signs this plugin from now on")
    private boolean newSigner;

    @Override
    protected void run(Services services, PrintStream out) {
        Plugins plugins = services.require(Plugins.class);
        if (plugins.installed().stream().noneMatch(one -> one.name().equals(name))) {
            throw Arguments.wrong(
                    "No plugin called " + name + " is installed.",
                    "plugin:install installs one; plugin:list shows them.");
        }
        Set<Consent> consents = newSigner ? Set.of(Consent.NEW_SIGNER) : Set.of();
        offer(plugins, plugins.planInstall(source(source), Optional.of(name), consents), yes, out);
    }
}
