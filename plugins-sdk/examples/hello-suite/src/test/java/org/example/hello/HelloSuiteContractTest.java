package org.example.hello;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.crypto.jdk.JdkEd25519;
import io.kairos.crypto.jdk.JdkX25519;
import io.kairos.test.contract.CryptoSuiteContract;

/** What every crypto suite has to pass. */
class HelloSuiteContractTest extends CryptoSuiteContract {

    @Override
    protected CryptoSuite suite() {
        return new HelloSuite(new JdkX25519(), new JdkEd25519());
    }
}
