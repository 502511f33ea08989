package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.PathTable;
import io.kairos.lib.bytes.Hashes;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the destination an operator means: by its hash, or by its name where only one known destination bears it. */
final class Destinations {

    private static final int MOST_SHOWN = 8;

    private final Services services;

    Destinations(Services services) {
        this.services = services;
    }

    /** The destination meant by a hash or a full name. */
    DestinationHash resolve(String text) {
        if (Arguments.looksLikeHash(text) || !text.contains(".")) {
            return Arguments.destination(text);
        }
        TreeSet<DestinationHash> named = named(Arguments.fullName(text));
        if (named.isEmpty()) {
            throw Arguments.wrong(
                    "No known destination is named '%s'.".formatted(text),
                    "Give its hash (32 hexadecimal digits). Names are recognised once the destination has announced"
                            + " itself: mesh:announces shows who has.");
        }
        if (named.size() > 1) {
            String all =
                    named.stream().limit(MOST_SHOWN).map(DestinationHash::toHex).collect(Collectors.joining(", "));
            throw Arguments.wrong(
                    "%d known destinations are named '%s'.".formatted(named.size(), text),
                    "Give the hash of one: " + all + (named.size() > MOST_SHOWN ? ", …" : "") + ".");
        }
        return named.first();
    }

    /** Checks that a destination bears a name, where its identity is known. */
    void checkName(String fullName, DestinationHash destination) {
        Arguments.fullName(fullName);
        Optional<IdentityHash> identity = identity(destination);
        if (identity.isPresent()
                && !Hashes.destination(fullName, identity.get()).equals(destination)) {
            throw Arguments.wrong(
                    "The destination %s is not named '%s'.".formatted(destination.toHex(), fullName),
                    "Leave the name out, or give the hash of the destination that bears it: %s."
                            .formatted(
                                    Hashes.destination(fullName, identity.get()).toHex()));
        }
    }

    private TreeSet<DestinationHash> named(String fullName) {
        TreeSet<DestinationHash> named = new TreeSet<>();
        List<LocalDestination> open =
                services.find(Endpoints.class).map(Endpoints::destinations).orElse(List.of());
        open.stream()
                .filter(local -> local.settings().fullName().equals(fullName))
                .forEach(local -> named.add(local.address()));
        for (PathTable table : services.all(PathTable.class)) {
            table.all().stream()
                    .map(PathTable.PathView::destination)
                    .filter(destination -> identity(destination)
                            .map(identity -> Hashes.destination(fullName, identity))
                            .equals(Optional.of(destination)))
                    .forEach(named::add);
        }
        return named;
    }

    private Optional<IdentityHash> identity(DestinationHash destination) {
        return services.find(KnownDestinations.class)
                .flatMap(known -> known.peek(destination))
                .map(heard -> heard.identity().hash());
    }
}
