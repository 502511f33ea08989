package io.kairos.core.link.destination;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.lib.bytes.FullName;
import io.kairos.lib.bytes.Hashes;

/** Checks what a program wants to open and computes its address. */
final class DestinationName {

    private DestinationName() {}

    static DestinationHash address(DestinationSettings settings) {
        String name = settings.fullName();
        checkParts(name);
        boolean plain = settings.type() == DestinationType.PLAIN;
        if (settings.type() == DestinationType.LINK) {
            throw refuse("A link cannot be opened as a destination", "Open a SINGLE destination that accepts links.");
        }
        if (plain == settings.identity().isPresent()) {
            throw refuse(
                    plain ? "A PLAIN destination has no identity" : name + " needs an identity",
                    plain ? "Leave the identity out." : "Make one, for example with identity:create.");
        }
        if ((settings.type() == DestinationType.GROUP) != settings.groupKey().isPresent()) {
            throw refuse("A shared key belongs to GROUP destinations and to no others", "Check " + name + ".");
        }
        settings.ratchets().filter(ratchets -> ratchets.retained() < 1).ifPresent(ratchets -> {
            throw refuse("A destination keeps at least one ratchet", "The default is 512.");
        });
        return settings.identity()
                .map(identity -> Hashes.destination(name, identity.hash()))
                .orElseGet(() -> Hashes.plainDestination(name));
    }

    private static void checkParts(String name) {
        try {
            FullName.parse(name);
        } catch (IllegalArgumentException e) {
            throw refuse(
                    "\"%s\" is not the name of a destination".formatted(name),
                    "Write application name and aspects with one dot between them, for example kairos.echo.");
        }
    }

    private static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }
}
