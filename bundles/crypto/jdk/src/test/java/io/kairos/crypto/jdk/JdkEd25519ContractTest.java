package io.kairos.crypto.jdk;

import io.kairos.api.crypto.Signer;
import io.kairos.test.contract.SignerContract;

class JdkEd25519ContractTest extends SignerContract {

    @Override
    protected Signer signer() {
        return new JdkEd25519();
    }
}
