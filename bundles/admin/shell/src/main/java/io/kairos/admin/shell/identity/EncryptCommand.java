package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.IdentityStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Encrypts a file to an identity. */
@Service
@Command(
        scope = "identity",
        name = "encrypt",
        description = "Encrypts a file to an identity",
        detailedDescription =
                "Writes <file>.rfe, which rnid reads, too. Only whoever has the private keys can read it.")
public final class EncryptCommand extends NodeCommand {

    @Argument(index = 0, name = "file", description = "The file", required = true)
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String file;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(
            name = "-i",
            aliases = "--identity",
            description = "Name of an identity here, or the hash of one or of a known destination")
    @Completion(IdentityCompleter.class)
    private String identity = IdentityStore.NODE;

    @Option(name = "-w", aliases = "--write", description = "The file to write; the default is beside the first one")
    private String target;

    @Option(name = "-f", aliases = "--force", description = "Overwrite it")
    private boolean force;

    @Override
    protected void run(Services services, PrintStream out) {
        Path folder = session().currentDir();
        new IdentityWork(services, folder, out)
                .encrypt(
                        file,
                        new WorkingIdentity.Finder(services, folder)
                                .find(identity)
                                .keys(),
                        target,
                        force);
    }
}
