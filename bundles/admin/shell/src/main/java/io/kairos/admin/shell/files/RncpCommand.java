package io.kairos.admin.shell.files;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The commands {@code file:} with the letters of rncp. */
@Service
@Command(
        scope = "*",
        name = "rncp",
        description = "Sends and fetches files, with the letters of Reticulum's rncp",
        detailedDescription =
                "rncp <file> <destination> sends, rncp -f <name> <destination> fetches, rncp -l opens the listener of this"
                        + " node, which stays open until file:serve --off. The same as file:send, file:fetch, file:serve.")
public final class RncpCommand extends NodeCommand {

    @Argument(index = 0, name = "file", description = "The file, or with -f its name at the other end")
    private String file;

    @Argument(index = 1, name = "destination", description = "Where the other end listens")
    private String destination;

    @Argument(index = 2, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-l", aliases = "--listen", description = "Open the listener of this node")
    private boolean listen;

    @Option(name = "-f", aliases = "--fetch", description = "Fetch instead of sending")
    private boolean fetch;

    @Option(name = "-F", aliases = "--allow-fetch", description = "With -l: also give out files, of the folder -j")
    private boolean allowFetch;

    @Option(name = "-j", aliases = "--jail", description = "With -l -F: the folder whose files are given out")
    private String jail;

    @Option(name = "-s", aliases = "--save", description = "The folder to save files in")
    private String save;

    @Option(name = "-O", aliases = "--overwrite", description = "Replace files of the same name")
    private boolean overwrite;

    @Option(name = "-b", description = "With -l: announce every so many seconds; 0: only at the start")
    private String announce;

    @Option(name = "-a", description = "With -l: allow this identity", multiValued = true)
    private List<String> allow;

    @Option(name = "-n", aliases = "--no-auth", description = "With -l: allow everybody")
    private boolean everybody;

    @Option(name = "-p", aliases = "--print-identity", description = "Print identity and address, nothing else")
    private boolean print;

    @Option(name = "-i", description = "Name of the identity")
    private String identity = "rncp";

    @Option(name = "-w", description = "Seconds until the other end must have answered")
    private String wait = "15";

    @Option(name = "-C", aliases = "--no-compress", description = "Do not try compression")
    private boolean uncompressed;

    @Option(name = "-S", aliases = "--silent", description = "Do not show progress")
    private boolean silent;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        FileWork work = new FileWork(services, session(), context(), out);
        if (print) {
            work.printIdentity(identity);
        } else if (listen) {
            work.serve(changes(work), allow == null ? List.of() : allow);
        } else if (file == null || destination == null) {
            throw Arguments.wrong("Which file, and where?", "rncp <file> <destination>, or rncp -l to listen.");
        } else if (fetch) {
            work.fetch(file, destination, save, overwrite, FileWork.options(identity, uncompressed, wait), silent);
        } else {
            work.send(file, destination, FileWork.options(identity, uncompressed, wait), silent);
        }
    }

    private Map<String, String> changes(FileWork work) {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("receive.enabled", "true");
        if (save != null) {
            changes.put("receive.folder", work.path(save).toString());
        }
        changes.put("receive.overwrite", Boolean.toString(overwrite));
        changes.put("everybody", Boolean.toString(everybody));
        changes.put("identity", identity);
        changes.put("fetch.enabled", Boolean.toString(allowFetch));
        if (jail != null) {
            changes.put("fetch.folder", work.path(jail).toString());
        } else if (allowFetch) {
            throw Arguments.wrong(
                    "-F needs a folder.", "Say which files may be fetched: -j <folder>. Kairos never gives out all.");
        }
        if (announce != null) {
            changes.put("announce.interval.seconds", Integer.toString(Arguments.count("-b", announce, 0, 604_800)));
        }
        return changes;
    }
}
