package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.LocalDestination;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code mesh:destinations} tells of destinations open on this node. */
public final class DestinationReport {

    static final String NONE = """
        No destination is open on this node.
          \u2192 Destinations are opened by what runs on the node: bundle:list shows which parts are active.
        """;

    private DestinationReport() {}

    public static String text(List<LocalDestination> destinations) {
        if (destinations.isEmpty()) {
            return NONE;
        }
        Table table = new Table()
                .left("Name")
                .left("Destination")
                .left("Type")
                .left("Identity")
                .left("Links")
                .left("Proofs")
                .right("Packets");
        for (LocalDestination open : byName(destinations)) {
            DestinationSettings settings = open.settings();
            table.row(
                    settings.fullName(),
                    open.address().toHex(),
                    settings.type().name().toLowerCase(Locale.ROOT),
                    settings.identity().map(LocalIdentity::name).orElse("-"),
                    settings.acceptsLinks() ? "yes" : "no",
                    settings.proofs().name().toLowerCase(Locale.ROOT),
                    Units.count(open.receivedPackets()));
        }
        return table.toText() + "mesh:announce <name> tells the mesh of one of them.\n";
    }

    public static List<Map<String, Object>> json(List<LocalDestination> destinations) {
        return byName(destinations).stream()
                .map(open -> new Fields()
                        .put("name", open.settings().fullName())
                        .put("destination", open.address().toHex())
                        .put("type", open.settings().type())
                        .put("identity", open.settings().identity().map(LocalIdentity::name))
                        .put("accepts_links", open.settings().acceptsLinks())
                        .put("proofs", open.settings().proofs())
                        .put("ratchets", open.settings().ratchets().isPresent())
                        .put("received_packets", open.receivedPackets())
                        .toMap())
                .toList();
    }

    private static List<LocalDestination> byName(List<LocalDestination> destinations) {
        return destinations.stream()
                .sorted(Comparator.comparing(
                                (LocalDestination open) -> open.settings().fullName())
                        .thenComparing(LocalDestination::address))
                .toList();
    }
}
