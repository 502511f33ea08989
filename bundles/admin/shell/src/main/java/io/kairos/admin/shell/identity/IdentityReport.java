package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.LocalDestination;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What the commands of this package tell of identities; never a private key. */
final class IdentityReport {

    private final List<LocalDestination> destinations;

    /** @param destinations those open on this node */
    IdentityReport(List<LocalDestination> destinations) {
        this.destinations = destinations;
    }

    String list(List<LocalIdentity> identities) {
        if (identities.isEmpty()) {
            return "There is no identity.\n  \u2192 Make one with identity:create <name>.\n";
        }
        Table table =
                new Table().left("Name").left("Identity").right("Destinations").left("");
        for (LocalIdentity identity : identities) {
            table.row(
                    identity.name(),
                    identity.hash().toHex(),
                    destinations(identity).size(),
                    identity.name().equals(IdentityStore.NODE) ? "this node" : "");
        }
        return table.toText();
    }

    List<Map<String, Object>> json(List<LocalIdentity> identities) {
        return identities.stream().map(this::json).toList();
    }

    Map<String, Object> json(LocalIdentity identity) {
        return new Fields()
                .put("name", identity.name())
                .put("identity", identity.hash().toHex())
                .put("public_keys", publicKeys(identity))
                .put(
                        "destinations",
                        destinations(identity).stream()
                                .map(open -> new Fields()
                                        .put("name", open.settings().fullName())
                                        .put("destination", open.address().toHex())
                                        .toMap())
                                .toList())
                .toMap();
    }

    String show(LocalIdentity identity) {
        StringBuilder out = new StringBuilder();
        out.append("Name         ").append(identity.name()).append('\n');
        out.append("Identity     ").append(identity.hash().toHex()).append('\n');
        out.append("Public keys  ").append(publicKeys(identity)).append('\n');
        List<LocalDestination> open = destinations(identity);
        if (open.isEmpty()) {
            return out.append("No destination of this identity is open.\n").toString();
        }
        Table table = new Table().left("Destination").left("Name");
        open.forEach(destination ->
                table.row(destination.address().toHex(), destination.settings().fullName()));
        return out.append('\n').append(table.toText()).toString();
    }

    private static String publicKeys(LocalIdentity identity) {
        return HexFormat.of().formatHex(identity.publicIdentity().toBytes());
    }

    private List<LocalDestination> destinations(LocalIdentity identity) {
        return destinations.stream()
                .filter(open -> open.settings()
                        .identity()
                        .map(owner -> owner.hash().equals(identity.hash()))
                        .orElse(false))
                .toList();
    }
}
