package io.kairos.core.router;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MeshException;
import java.util.Optional;
import java.util.function.Supplier;

/** Verifies signatures with the suite of the moment, which may be missing or incomplete. Threads: any. */
public final class SignatureCheck {

    private final Supplier<Optional<CryptoSuite>> suites;

    public SignatureCheck(Supplier<Optional<CryptoSuite>> suites) {
        this.suites = suites;
    }

    /**
     * Checks one signature.
     *
     * @param onMismatch what to answer for a signature that is not valid
     * @return empty for a valid signature; {@link Refusal#NO_SUITE} where nobody can tell
     */
    public Optional<Refusal> verify(byte[] publicKey, byte[] message, byte[] signature, Refusal onMismatch) {
        CryptoSuite suite = suites.get().orElse(null);
        if (suite == null) {
            return Optional.of(Refusal.NO_SUITE);
        }
        try {
            return suite.signer().verify(publicKey, message, signature) ? Optional.empty() : Optional.of(onMismatch);
        } catch (MeshException incomplete) { // the suite is there, its primitives are not
            return Optional.of(Refusal.NO_SUITE);
        }
    }
}
