package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.util.Optional;

/** What {@code mesh:blackhole} and the letters of rnpath do with refused identities. */
final class Refusing {

    private final Services services;
    private final KnownDestinations known;
    private final PrintStream out;

    Refusing(Services services, PrintStream out) {
        this.services = services;
        this.known = services.require(KnownDestinations.class);
        this.out = out;
    }

    void list(boolean json) {
        if (json) {
            out.println(Json.write(BlackholeReport.json(known.blackholed())));
        } else {
            out.print(new BlackholeReport(services.require(Clock.class).wallMillis()).text(known.blackholed()));
        }
    }

    /**
     * Refuses an identity.
     *
     * @param hours for how long; {@code null} for good
     * @param reason shown in the list; {@code null} for none
     */
    void add(IdentityHash refused, String hours, String reason) {
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

    void remove(IdentityHash refused) {
        if (!known.liftBlackhole(refused)) {
            throw Arguments.wrong("This identity is not refused.", "mesh:blackhole list shows those that are.");
        }
        out.println("Its announces are accepted again.");
    }
}
