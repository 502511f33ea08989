package io.kairos.admin.shell.node;

import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.admin.NodeVersions;
import io.kairos.api.admin.Plugins.Consent;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Brings a version of the whole node. */
@Service
@Command(
        scope = "node",
        name = "update",
        description = "Updates the whole node from a signed package, at its next start",
        detailedDescription =
                "The package is verified and unpacked beside the version that runs. The next start tries it: where the node does"
                        + " not find itself as it was (identities, interfaces, no new errors), or does not come up at all, the"
                        + " version before is started again. Settings, identities and data stay. The source is a file, a"
                        + " folder, an address that begins with https:, or mesh:DESTINATION/FILE.")
public final class UpdateCommand extends NodeCommand {

    @Argument(
            index = 0,
            name = "source",
            description = "File, folder, https: address or mesh:DESTINATION/FILE",
            required = true)
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String source;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "--restart", description = "End the node at once and start the new version")
    private boolean restart;

    @Option(
            name = "--new-signer",
            description = "Agree that another trusted key signs versions of this node from now on")
    private boolean newSigner;

    @Option(
            name = "--without-plugins",
            description =
                    "Go on without plugins that would not work in the new version; node:rollback brings them back")
    private boolean withoutPlugins;

    @Override
    protected void run(Services services, PrintStream out) {
        NodeVersions versions = services.require(NodeVersions.class);
        NextStart.require(versions, restart);
        Set<Consent> consents = EnumSet.noneOf(Consent.class);
        if (newSigner) {
            consents.add(Consent.NEW_SIGNER);
        }
        if (withoutPlugins) {
            consents.add(Consent.WITHOUT_PLUGINS);
        }
        String version = versions.update(source(source), consents, step -> out.println(step + " ..."));
        out.println("Version " + version + " is tried at the next start; until then node:rollback takes it back.");
        NextStart.tell(versions, restart, out);
    }
}
