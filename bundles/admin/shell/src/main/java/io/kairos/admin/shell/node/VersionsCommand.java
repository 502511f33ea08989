package io.kairos.admin.shell.node;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.admin.NodeVersions;
import io.kairos.api.admin.NodeVersions.Mark;
import io.kairos.api.admin.NodeVersions.NodeVersion;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists versions of the node. */
@Service
@Command(scope = "node", name = "versions", description = "Lists the versions of the node that are there")
public final class VersionsCommand extends NodeCommand {

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        List<NodeVersion> all = services.require(NodeVersions.class).versions();
        if (json) {
            out.println(Json.write(all.stream().map(VersionsCommand::json).toList()));
            return;
        }
        Table table = new Table().left("Version").left("Is").left("From");
        all.forEach(one -> table.row(
                one.version(),
                words(one),
                one.name().equals(NodeVersions.INSTALLED) ? "installed by hand" : "package"));
        out.print(table.toText());
        all.stream()
                .filter(one -> one.marks().contains(Mark.FAILED))
                .forEach(one -> out.println(one.version() + " was tried and left: " + Units.printable(one.remark())));
    }

    private static String words(NodeVersion version) {
        String words =
                version.marks().stream().sorted().map(VersionsCommand::word).collect(Collectors.joining(", "));
        return words.isEmpty() ? "-" : words;
    }

    private static String word(Mark mark) {
        return switch (mark) {
            case RUNNING -> "running";
            case ON_TRIAL -> "on trial";
            case NEXT -> "next";
            case PREVIOUS -> "before";
            case FAILED -> "failed";
        };
    }

    private static Object json(NodeVersion version) {
        return new Fields()
                .put("name", version.name())
                .put("version", version.version())
                .put(
                        "marks",
                        version.marks().stream()
                                .sorted()
                                .map(VersionsCommand::word)
                                .toList())
                .put("remark", version.remark())
                .toMap();
    }
}
