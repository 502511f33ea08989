package io.kairos.crypto.bouncycastle;

import io.kairos.api.crypto.KeyAgreement;
import io.kairos.test.contract.KeyAgreementContract;

class X25519ContractTest extends KeyAgreementContract {

    @Override
    protected KeyAgreement agreement() {
        return new X25519Agreement();
    }
}
