package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.admin.ReticulumImport;
import io.kairos.api.admin.ReticulumImport.Item;
import io.kairos.api.admin.ReticulumImport.Result;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes over the folder of a Reticulum program. */
@Service
@Command(
        scope = "mesh",
        name = "import",
        description = "Takes over settings, identities and contacts of a Reticulum program",
        detailedDescription =
                "Without --apply it only shows what would happen. The old files are never changed, and what exists here is"
                        + " never overwritten. Give the folder with the file config or the folder storage, for example"
                        + " ~/.reticulum or ~/.nomadnetwork.")
public final class ImportCommand extends NodeCommand {

    @Argument(index = 0, name = "folder", description = "The folder of the program", required = true)
    @Completion(org.apache.karaf.shell.support.completers.FileCompleter.class)
    private String folder;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "--apply", description = "Do it; without this option nothing is changed")
    private boolean apply;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        ReticulumImport importer = services.require(ReticulumImport.class);
        Path path = session().currentDir().resolve(expanded());
        List<Item> items = apply ? importer.apply(path) : importer.preview(path);
        if (json) {
            out.println(Json.write(items.stream().map(ImportCommand::json).toList()));
            return;
        }
        out.print(text(items));
        long planned = count(items, Result.PLANNED);
        if (planned > 0) {
            out.println(Units.count(planned, "item") + " would be imported; nothing was changed yet.");
            out.println("  \u2192 mesh:import --apply " + folder);
        } else if (apply) {
            out.println(Units.count(count(items, Result.DONE), "item") + " imported, " + count(items, Result.FAILED)
                    + " failed.");
        }
    }

    private String expanded() {
        return folder.startsWith("~/") ? System.getProperty("user.home") + folder.substring(1) : folder;
    }

    private static String text(List<Item> items) {
        Table table = new Table().left("Found").left("Result").left("Becomes");
        for (Item item : items) {
            table.row(item.source(), word(item.result()), item.target());
            if (!item.note().isEmpty()) {
                table.note("  " + Units.printable(item.note()));
            }
        }
        return table.toText();
    }

    private static String word(Result result) {
        return result.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static long count(List<Item> items, Result result) {
        return items.stream().filter(item -> item.result() == result).count();
    }

    private static Object json(Item item) {
        return new Fields()
                .put("source", item.source())
                .put("target", item.target())
                .put("result", item.result())
                .put("note", item.note())
                .toMap();
    }
}
