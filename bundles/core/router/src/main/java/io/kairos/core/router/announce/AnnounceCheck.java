package io.kairos.core.router.announce;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.SignatureCheck;
import io.kairos.core.router.known.Blackhole;
import io.kairos.core.router.known.KnownBook;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.Announce;
import java.util.Arrays;
import java.util.Optional;

/**
 * Says whether an announce is valid, in the two stages of docs/protocol/announce.md. Threads: the first stage any, the
 * second the owner of the tables.
 */
public final class AnnounceCheck {

    private final SignatureCheck signatures;
    private final Blackhole blackhole;
    private final KnownBook known;

    public AnnounceCheck(SignatureCheck signatures, Blackhole blackhole, KnownBook known) {
        this.signatures = signatures;
        this.blackhole = blackhole;
        this.known = known;
    }

    /** First stage: not blackholed, and signed by the key it shows. Empty when it passes. */
    public Optional<Refusal> signature(DestinationHash destination, Announce announce) {
        if (!blackhole.isEmpty() && blackhole.contains(identityOf(announce))) {
            return Optional.of(Refusal.ANNOUNCE_BLACKHOLED);
        }
        if (known.isKnown(destination, announce)) {
            return Optional.empty(); // byte for byte what was checked before
        }
        return signatures.verify(
                announce.signingKey(),
                announce.signedData(destination),
                announce.signature(),
                Refusal.ANNOUNCE_SIGNATURE);
    }

    /** Second stage: the destination is this name of this identity, and nobody else was known by it. */
    public boolean belongs(DestinationHash destination, Announce announce) {
        byte[] named = Hashes.sha256(announce.nameHash(), identityOf(announce).toBytes());
        return Arrays.equals(named, 0, DestinationHash.LENGTH, destination.toBytes(), 0, DestinationHash.LENGTH)
                && !known.contradicts(destination, announce);
    }

    public static IdentityHash identityOf(Announce announce) {
        return Hashes.identity(announce.publicKeys());
    }
}
