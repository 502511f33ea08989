package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.jdk.JdkEd25519;
import io.kairos.crypto.jdk.JdkX25519;
import io.kairos.crypto.reticulum.ReticulumSuite;

/** The compatible crypto suite, put together as the container would. */
final class Suite {

    private Suite() {}

    static CryptoSuite reticulum() {
        return new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    }

    /** The same when Bouncy Castle's bundle is not there: with the primitives of the Java runtime. */
    static CryptoSuite ofRuntime() {
        return new ReticulumSuite(new JdkX25519(), new JdkEd25519());
    }
}
