package io.kairos.transport.sneakernet;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.store.Store;
import java.util.Optional;

/** What a stick needs of the node. Each may be away for a moment, while its bundle is being replaced. */
interface NodeServices {

    Optional<CryptoSuite> suite();

    /** The node's identity in the network of the interface. */
    Optional<LocalIdentity> self();

    Optional<Store> store();

    /** Whether a core takes packets now; without one they stay on the stick. */
    boolean isListening();
}
