package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.LateOptions;
import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Services;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Announces destinations that are open on this node. */
@Service
@Command(
        scope = "mesh",
        name = "announce",
        description = "Announces a destination that is open on this node",
        detailedDescription =
                "Tells the mesh that the destination exists, on all interfaces. Where several identities have opened a"
                        + " destination of this name, all of them are announced. mesh:destinations lists what is open.")
public final class AnnounceCommand extends NodeCommand {

    /** What fits into an announce with a ratchet. */
    private static final int MOST_BYTES = 300;

    @Argument(name = "name", description = "Full name or hash of a destination open on this node", required = true)
    @Completion(LocalDestinationCompleter.class)
    private String name;

    @Argument(index = 1, name = LateOptions.NAME, description = LateOptions.DESCRIPTION, multiValued = true)
    private List<String> more;

    @Option(name = "-d", aliases = "--data", description = "Text to send along instead of the destination's own data")
    private String data;

    @Override
    protected void run(Services services, PrintStream out) {
        Optional<byte[]> appData = Optional.ofNullable(data).map(text -> text.getBytes(StandardCharsets.UTF_8));
        if (appData.isPresent() && appData.get().length > MOST_BYTES) {
            throw Arguments.wrong(
                    "The data have %d bytes.".formatted(appData.get().length),
                    "Give at most %d bytes; announces must stay small.".formatted(MOST_BYTES));
        }
        List<LocalDestination> meant = meant(services.require(Endpoints.class).destinations(), name);
        for (LocalDestination destination : meant) {
            destination.announce(appData);
            out.println("Announced %s (%s)."
                    .formatted(
                            destination.settings().fullName(),
                            destination.address().toHex()));
        }
    }

    static List<LocalDestination> meant(List<LocalDestination> open, String text) {
        List<LocalDestination> meant = open.stream()
                .filter(local -> Arguments.looksLikeHash(text)
                        ? local.address().equals(Arguments.destination(text))
                        : local.settings().fullName().equals(text))
                .toList();
        if (meant.isEmpty()) {
            throw Arguments.wrong(
                    "No destination '%s' is open on this node.".formatted(text),
                    "mesh:destinations lists those that are.");
        }
        return meant;
    }
}
