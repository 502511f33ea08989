package io.kairos.admin.shell.files;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says and changes which files are received and given out. */
@Service
@Command(
        scope = "file",
        name = "serve",
        description = "Shows or changes which files others may send here and fetch from here",
        detailedDescription =
                "Without options it shows what holds. What is changed is written to etc/io.kairos.messaging.files.cfg and"
                        + " holds over restarts. Nothing outside of the folder given out can be fetched.")
public final class ServeCommand extends NodeCommand {

    @Option(name = "--receive", description = "Take files and save them in this folder")
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String receive;

    @Option(name = "--give", description = "Give out the files of this folder")
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String give;

    @Option(
            name = "-a",
            aliases = "--allow",
            description = "Allow this identity (32 hexadecimal digits)",
            multiValued = true)
    private List<String> allow;

    @Option(name = "-n", aliases = "--no-auth", description = "Allow everybody")
    private boolean everybody;

    @Option(name = "--auth", description = "Allow only the identities on the list again")
    private boolean listed;

    @Option(name = "-O", aliases = "--overwrite", description = "A received file replaces one of the same name")
    private boolean overwrite;

    @Option(name = "-b", aliases = "--announce", description = "Announce every so many seconds; 0: only at the start")
    private String announce;

    @Option(name = "--off", description = "Neither take nor give out files any more")
    private boolean off;

    @Override
    protected void run(Services services, PrintStream out) throws InterruptedException {
        FileWork work = new FileWork(services, session(), context(), out);
        Map<String, String> changes = new LinkedHashMap<>();
        if (receive != null) {
            changes.put("receive.enabled", "true");
            changes.put("receive.folder", work.path(receive).toString());
        }
        if (give != null) {
            changes.put("fetch.enabled", "true");
            changes.put("fetch.folder", work.path(give).toString());
        }
        if (everybody || listed) {
            changes.put("everybody", Boolean.toString(everybody));
        }
        if (overwrite) {
            changes.put("receive.overwrite", "true");
        }
        if (announce != null) {
            changes.put("announce.interval.seconds", Integer.toString(Arguments.count("-b", announce, 0, 604_800)));
        }
        if (off) {
            changes.put("receive.enabled", "false");
            changes.put("fetch.enabled", "false");
        }
        work.serve(changes, allow == null ? List.of() : allow);
    }
}
