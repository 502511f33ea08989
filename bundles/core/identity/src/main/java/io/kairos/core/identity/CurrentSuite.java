package io.kairos.core.identity;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The crypto suite that is present at this moment. Suites are replaced while the node runs, so nobody keeps one. */
public final class CurrentSuite {

    private final AtomicReference<CryptoSuite> suite = new AtomicReference<>();

    public void set(CryptoSuite present) {
        suite.set(present);
    }

    /** The suite leaves, unless another has taken its place already. */
    void clear(CryptoSuite gone) {
        suite.compareAndSet(gone, null);
    }

    Optional<CryptoSuite> find() {
        return Optional.ofNullable(suite.get());
    }

    /** Whether there is one that has everything it is made of, so that keys can be made. */
    boolean isComplete() {
        return find().filter(CurrentSuite::hasPrimitives).isPresent();
    }

    private static boolean hasPrimitives(CryptoSuite present) {
        try {
            return present.keyAgreement() != null && present.signer() != null;
        } catch (MeshException missing) {
            return false;
        }
    }

    CryptoSuite require() {
        return find().orElseThrow(
                        () -> new MeshException(
                                Failure.Kind.CONFIGURATION,
                                "No crypto suite is present, so nothing can be signed or decrypted",
                                "If it is being updated, wait a moment; otherwise install it: feature:install kairos-crypto-reticulum"));
    }
}
