package io.kairos.crypto.reticulum;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.test.contract.CryptoSuiteContract;

class ReticulumSuiteContractTest extends CryptoSuiteContract {

    @Override
    protected CryptoSuite suite() {
        return Suites.complete();
    }
}
