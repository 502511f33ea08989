package io.kairos.admin.shell.plugin;

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

/** Installs a package. */
@Service
@Command(
        scope = "plugin",
        name = "install",
        description = "Installs a plugin from a signed package, or updates it",
        detailedDescription =
                "The package is verified and resolved first; then it is shown what would change, and you are asked. After the"
                        + " change the plugin is tested; if it fails, the node is put back as it was. A package that is not"
                        + " signed by a key of plugin:trust is refused. The source is a file, a folder (the newest package in"
                        + " it), an address that begins with https:, or mesh:DESTINATION/FILE for a file that another node"
                        + " gives out with file:serve or rncp.")
public final class InstallCommand extends PluginCommand {

    @Argument(
            index = 0,
            name = "source",
            description = "File, folder, https: address or mesh:DESTINATION/FILE",
            required = true)
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String source;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-y", aliases = "--yes", description = "Do not ask")
    private boolean yes;

    @Option(name = "--new-signer", description = "Agree that another trusted key signs this plugin from now on")
    private boolean newSigner;

    @Override
    protected void run(Services services, PrintStream out) {
        Plugins plugins = services.require(Plugins.class);
        Set<Consent> consents = newSigner ? Set.of(Consent.NEW_SIGNER) : Set.of();
        offer(plugins, plugins.planInstall(source(source), Optional.empty(), consents), yes, out);
    }
}
