package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
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
        KnownDestinations known = services.require(KnownDestinations.class);
        switch (action) {
            case "list" -> list(services, known, out);
            case "add" -> add(services, known, out);
            case "remove" -> remove(known, out);
            default -> throw Arguments.wrong("'%s' is no action.".formatted(action), "Use list, add or remove.");
        }
    }

    private void list(Services services, KnownDestinations known, PrintStream out) {
        if (json) {
            out.println(Json.write(BlackholeReport.json(known.blackholed())));
        } else {
            out.print(new BlackholeReport(services.require(Clock.class).wallMillis()).text(known.blackholed()));
        }
    }

    private void add(Services services, KnownDestinations known, PrintStream out) {
        IdentityHash refused = given();
        IdentityHash source = services.require(IdentityStore.class).node().hash();
        if (refused.equals(source)) {
            throw Arguments.wrong("This is the node's own identity.", "Refuse the identity of somebody else.");
        }
        if (known.isBlackholed(refused)) {
            throw Arguments.wrong(
                    "%s is refused already.".formatted(refused.toHex()),
                    "To change how long or why, remove it first: mesh:blackhole remove %s.".formatted(refused.toHex()));
        }
        long now = services.require(Clock.class).wallMillis();
        Optional<Long> until =
                Optional.ofNullable(hours).map(text -> now + Arguments.count("-t", text, 1, 1_000_000) * 3_600_000L);
        known.blackhole(new Blackholed(refused, source, until, Optional.ofNullable(reason)));
        out.println("Announces of this identity are refused from now on.");
    }

    private void remove(KnownDestinations known, PrintStream out) {
        if (!known.liftBlackhole(given())) {
            throw Arguments.wrong("This identity is not refused.", "mesh:blackhole list shows those that are.");
        }
        out.println("Its announces are accepted again.");
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
