package io.kairos.admin.shell.mesh;

import io.kairos.api.routing.Router;
import java.util.Optional;

/** How fast an interface moves data at the moment. */
public interface Rates {

    /** For displays without measured rates. */
    Rates UNKNOWN = view -> Optional.empty();

    /** The rates since a few seconds ago; empty while the interface has not been watched long enough. */
    Optional<Rate> of(Router.InterfaceView view);

    /**
     * Rates of one interface.
     *
     * @param receivedBytes bytes per second
     * @param receivedPackets packets per second
     * @param sentBytes bytes per second
     * @param sentPackets packets per second
     */
    record Rate(double receivedBytes, double receivedPackets, double sentBytes, double sentPackets) {}
}
