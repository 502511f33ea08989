package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.Networks;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.store.Store;
import io.kairos.core.identity.CurrentSuite;
import io.kairos.core.identity.StoredIdentities;
import io.kairos.lib.bytes.Hashes;
import io.kairos.test.kit.MemoryStore;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Identities as the product's store makes them. */
final class Identities {

    private Identities() {}

    /** A store of identities, with one of its own in it. */
    static IdentityStore in(Store store, CryptoSuite suite) {
        CurrentSuite current = new CurrentSuite();
        current.set(suite);
        return StoredIdentities.open(Networks.MAIN, store, Path.of(""), current, new SecureRandom());
    }

    /** An identity that was never there before. */
    static LocalIdentity fresh() {
        return in(new MemoryStore(), Suite.reticulum()).node();
    }

    /** The identity of these private keys. */
    static LocalIdentity of(byte[] privateKeys) {
        return in(new MemoryStore(), Suite.reticulum()).importKeys("given", privateKeys);
    }

    /** The public half of an identity. */
    static PublicIdentity ofPublic(byte[] publicKeys) {
        return PublicIdentity.of(publicKeys, Hashes.identity(publicKeys));
    }
}
