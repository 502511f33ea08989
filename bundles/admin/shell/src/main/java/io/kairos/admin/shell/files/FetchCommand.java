package io.kairos.admin.shell.files;

import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Fetches a file. */
@Service
@Command(
        scope = "file",
        name = "fetch",
        description = "Fetches a file from another node or from an rncp that gives files out",
        detailedDescription =
                "The name is the one at the other end, a way below the folder it gives out. The file is saved under its"
                        + " base name; where that is taken, .1, .2 and so on is added. Ctrl-C gives up.")
public final class FetchCommand extends NodeCommand {

    @Argument(index = 0, name = "name", description = "The file as the other end calls it", required = true)
    private String name;

    @Argument(index = 1, name = "destination", description = "Where the other end listens", required = true)
    private String destination;

    @Argument(index = 2, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-s", aliases = "--save", description = "The folder to save it in; without it the current one")
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String folder;

    @Option(name = "-O", aliases = "--overwrite", description = "Replace a file of the same name")
    private boolean overwrite;

    @Option(name = "-S", aliases = "--silent", description = "Do not show progress")
    private boolean silent;

    @Option(name = "-i", aliases = "--identity", description = "Name of the identity to show")
    private String identity = "rncp";

    @Option(name = "-w", aliases = "--wait", description = "Seconds until the other end must have answered")
    private String wait = "15";

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        new FileWork(services, session(), context(), out)
                .fetch(name, destination, folder, overwrite, FileWork.options(identity, false, wait), silent);
    }
}
