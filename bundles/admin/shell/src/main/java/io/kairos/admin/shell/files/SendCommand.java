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

/** Sends a file. */
@Service
@Command(
        scope = "file",
        name = "send",
        description = "Sends a file to another node or to a listening rncp",
        detailedDescription =
                "The other end tells the address it listens at. It takes files only of identities it allows: file:serve and"
                        + " identity:list show yours. Between two Kairos nodes a transfer that broke off goes on where it"
                        + " was. Ctrl-C gives up.")
public final class SendCommand extends NodeCommand {

    @Argument(index = 0, name = "file", description = "The file", required = true)
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String file;

    @Argument(index = 1, name = "destination", description = "Where the other end listens", required = true)
    private String destination;

    @Argument(index = 2, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-C", aliases = "--no-compress", description = "Do not try compression")
    private boolean uncompressed;

    @Option(name = "-S", aliases = "--silent", description = "Do not show progress")
    private boolean silent;

    @Option(name = "-i", aliases = "--identity", description = "Name of the identity to show")
    private String identity = "rncp";

    @Option(name = "-w", aliases = "--wait", description = "Seconds until the other end must have answered")
    private String wait = "15";

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        new FileWork(services, session(), context(), out)
                .send(file, destination, FileWork.options(identity, uncompressed, wait), silent);
    }
}
