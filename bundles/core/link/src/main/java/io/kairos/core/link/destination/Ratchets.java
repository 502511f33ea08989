package io.kairos.core.link.destination;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.packet.DestinationHash;
import io.kairos.core.link.Surroundings;
import java.util.List;

/**
 * Keeps the rotating keys of one destination on disk and rotates them when it announces.
 *
 * <p>Threads: owned by the queue of its destination; the constructor may run elsewhere.
 */
final class Ratchets {

    private final Surroundings surroundings;
    private final DestinationSettings.Ratchets settings;
    private final LocalIdentity identity;
    private final String document;
    private RatchetRing ring;
    private long rotatedNanos;
    private boolean rotatedSinceStart;

    /** Reads the keys of earlier runs; fails where the file is damaged. */
    Ratchets(
            Surroundings surroundings,
            DestinationSettings.Ratchets settings,
            LocalIdentity identity,
            DestinationHash address) {
        this.surroundings = surroundings;
        this.settings = settings;
        this.identity = identity;
        this.document = "ratchets/own/" + address.toHex();
        this.ring = load();
    }

    private RatchetRing load() {
        CryptoSuite suite = surroundings.suite().get();
        byte[] key = identity.publicIdentity().signingKey();
        try {
            return surroundings
                    .store()
                    .get()
                    .read(document)
                    .map(file -> RatchetRing.ofFile(
                            file, (bytes, mark) -> suite.signer().verify(key, bytes, mark)))
                    .orElseGet(RatchetRing::empty);
        } catch (MalformedException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    "The ratchets of a destination of this node cannot be read: " + e.getMessage(),
                    "Restore " + document + " from a backup, or delete it; without it messages encrypted to earlier"
                            + " ratchets are lost.",
                    e);
        }
    }

    /** Private keys, newest first. */
    List<byte[]> keys() {
        return ring.keys();
    }

    boolean isEnforced() {
        return settings.enforced();
    }

    /** The newest public key, after a rotation where one is due; the first announce after a start always rotates. */
    byte[] announced() {
        long now = surroundings.clock().nanos();
        CryptoSuite suite = surroundings.suite().get();
        if (!rotatedSinceStart || now - rotatedNanos > settings.interval().toNanos()) {
            RatchetRing next = ring.rotated(suite.keyAgreement().generatePrivateKey(), settings.retained());
            surroundings.store().get().write(document, next.toFile(identity::sign));
            ring = next;
            rotatedNanos = now;
            rotatedSinceStart = true;
        }
        return suite.keyAgreement().publicKey(ring.keys().get(0));
    }
}
