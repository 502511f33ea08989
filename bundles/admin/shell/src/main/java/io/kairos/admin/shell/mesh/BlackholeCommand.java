package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.packet.IdentityHash;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Refuses announces of identities. */
@Service
@Command(
        scope = "mesh",
        name = "blackhole",
        description = "Lists, adds and removes identities whose announces are refused",
        detailedDescription =
                "mesh:blackhole list | add <identity> [-t hours] [-r reason] | remove <identity>. Refusing an"
                        + " identity forgets its paths; it holds over restarts.")
public final class BlackholeCommand extends NodeCommand {

    @Argument(index = 0, name = "action", description = "list, add or remove")
    @Completion(
            value = org.apache.karaf.shell.support.completers.StringsCompleter.class,
            values = {"list", "add", "remove"})
    private String action = "list";

    @Argument(index = 1, name = "identity", description = "Hash of an identity (32 hexadecimal digits)")
    @Completion(BlackholedCompleter.class)
    private String identity;

    @Argument(index = 2, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-t", aliases = "--hours", description = "Refuse for this many hours; without it for good")
    private String hours;

    @Option(name = "-r", aliases = "--reason", description = "Why, shown in the list")
    private String reason;

    @Option(name = "-j", aliases = "--json", description = "Print JSON for scripts; the keys are stable")
    private boolean json;

    @Override
    protected void run(Services services, PrintStream out) {
        Refusing refusing = new Refusing(services, out);
        switch (action) {
            case "list" -> refusing.list(json);
            case "add" -> refusing.add(given(), hours, reason);
            case "remove" -> refusing.remove(given());
            default -> throw Arguments.wrong("'%s' is no action.".formatted(action), "Use list, add or remove.");
        }
    }

    private IdentityHash given() {
        if (identity == null) {
            throw Arguments.wrong(
                    action + " needs an identity.",
                    "Give its hash: mesh:blackhole %s <identity>. mesh:explain <destination> shows the identity of a"
                                    .formatted(action)
                            + " destination.");
        }
        return Arguments.identity(identity);
    }
}
