package io.kairos.core.router;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.core.router.known.Known;
import io.kairos.core.router.known.KnownBook;
import io.kairos.core.router.path.PathBook;
import java.util.concurrent.Executor;

/** What else has to happen when an identity is refused; connected after both sides exist. */
final class Upkeep {

    private Executor tables;
    private PathBook paths;
    private KnownBook known;
    private Runnable saveBlackhole;

    void connect(Executor owner, PathBook pathBook, KnownBook knownBook, Runnable save) {
        tables = owner;
        paths = pathBook;
        known = knownBook;
        saveBlackhole = save;
    }

    /** Its paths are forgotten. */
    void identityRefused(IdentityHash identity) {
        tables.execute(() -> paths.dropIf(path -> {
            DestinationHash destination = path.key();
            Known who = known.table().get(destination.high(), destination.low());
            return who != null && who.identity().equals(identity);
        }));
    }

    void blackholeChanged() {
        saveBlackhole.run();
    }
}
