package io.kairos.crypto.bouncycastle;

import io.kairos.api.crypto.Signer;
import io.kairos.test.contract.SignerContract;

class Ed25519ContractTest extends SignerContract {

    @Override
    protected Signer signer() {
        return new Ed25519Signer();
    }
}
