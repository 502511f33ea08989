package io.kairos.crypto.jdk;

import io.kairos.api.crypto.KeyAgreement;
import io.kairos.test.contract.KeyAgreementContract;

class JdkX25519ContractTest extends KeyAgreementContract {

    @Override
    protected KeyAgreement agreement() {
        return new JdkX25519();
    }
}
