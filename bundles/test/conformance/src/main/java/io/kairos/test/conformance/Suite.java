package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;

/** The compatible crypto suite, put together as the container would. */
final class Suite {

    private Suite() {}

    static CryptoSuite reticulum() {
        return new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    }
}
