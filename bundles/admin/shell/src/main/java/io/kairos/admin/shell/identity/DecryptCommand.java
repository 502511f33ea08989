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

/** Decrypts a file that was encrypted to an identity of this node. */
@Service
@Command(
        scope = "identity",
        name = "decrypt",
        description = "Decrypts a file that was encrypted to an identity of this node",
        detailedDescription = "Reads what identity:encrypt and rnid write; <file>.rfe becomes <file>.")
public final class DecryptCommand extends NodeCommand {

    @Argument(index = 0, name = "file", description = "The file", required = true)
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String file;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-i", aliases = "--identity", description = "Name or hash of an identity of this node")
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
                .decrypt(
                        file,
                        new WorkingIdentity.Finder(services, folder)
                                .find(identity)
                                .privately(),
                        target,
                        force);
    }
}
