package io.kairos.api.identity;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whom this node has heard of: filled from valid announces, kept over restarts, cleaned as docs/protocol/announce.md
 * says.
 *
 * <p>Threads: any thread, never blocks.
 */
@ProviderType
public interface KnownDestinations {

    /** What is known of a destination; marks it as used, so that it is kept longer. */
    Optional<KnownDestination> recall(DestinationHash destination);

    /** The same without marking it as used; for displays. */
    Optional<KnownDestination> peek(DestinationHash destination);

    /** Some destination of this identity. */
    Optional<KnownDestination> recall(IdentityHash identity);

    /** Keeps the destination for good. */
    void retain(DestinationHash destination);

    /** Keeps all known destinations of an identity for good; false where none is known. */
    default boolean retain(IdentityHash identity) {
        return false;
    }

    /** Ends {@link #retain(DestinationHash)}: the destination is kept as if it had just been used. */
    default void release(DestinationHash destination) {}

    /**
     * Learns of a destination from somebody its operator trusts instead of an announce, for example from the file of
     * another program. What announces have told already stays, and a valid announce replaces what was learnt.
     *
     * @param told what is known; its ratchet counts as heard at the same time
     * @param isKept whether to keep it for good; otherwise it counts as just used
     * @return whether it was new and taken
     */
    default boolean learn(KnownDestination told, boolean isKept) {
        return false;
    }

    /** How many destinations are known. */
    int size();

    /** Identities whose announces are refused. */
    List<Blackholed> blackholed();

    /** Refuses announces of an identity and forgets its paths; a no-op where it is listed already. */
    void blackhole(Blackholed entry);

    /** Lifts a refusal; false where there was none. */
    boolean liftBlackhole(IdentityHash identity);

    /** Whether an identity is refused now. */
    boolean isBlackholed(IdentityHash identity);
}
