package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Checks the signature of a file. */
@Service
@Command(
        scope = "identity",
        name = "verify",
        description = "Checks the signature of a file",
        detailedDescription = "Reads <file>.rsg, as identity:sign and rnid write it, and tells who signed.")
public final class VerifyCommand extends NodeCommand {

    @Argument(index = 0, name = "file", description = "The file", required = true)
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String file;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(
            name = "-i",
            aliases = "--identity",
            description = "Who must have signed: a name here or the hash of an identity")
    @Completion(IdentityCompleter.class)
    private String identity;

    @Override
    protected void run(Services services, PrintStream out) {
        Path folder = session().currentDir();
        new IdentityWork(services, folder, out)
                .verify(
                        file,
                        Optional.ofNullable(identity)
                                .map(who -> new WorkingIdentity.Finder(services, folder).signatory(who)));
    }
}
