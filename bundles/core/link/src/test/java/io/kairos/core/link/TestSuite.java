package io.kairos.core.link;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;

/** The compatible suite without a container. */
public final class TestSuite {

    private TestSuite() {}

    public static CryptoSuite create() {
        return new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    }
}
