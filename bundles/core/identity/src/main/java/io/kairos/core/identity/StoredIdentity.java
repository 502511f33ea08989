package io.kairos.core.identity;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An identity from the store. Immutable; its private keys leave it only towards the crypto suite. */
final class StoredIdentity implements LocalIdentity {

    private final String network;
    private final String name;
    private final IdentityDocument document;
    private final CurrentSuite suite;

    StoredIdentity(String network, String name, IdentityDocument document, CurrentSuite suite) {
        this.network = network;
        this.name = name;
        this.document = document;
        this.suite = suite;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> network() {
        return Optional.of(network);
    }

    @Override
    public PublicIdentity publicIdentity() {
        return document.publicIdentity();
    }

    @Override
    public byte[] sign(byte[] message) {
        CryptoSuite present = suite.require();
        byte[] seed = document.signingSeed();
        try {
            return present.signer().sign(seed, message);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    @Override
    public Optional<byte[]> agree(byte[] peerPublicKey) {
        CryptoSuite present = suite.require();
        byte[] key = document.agreementKey();
        try {
            return Optional.ofNullable(present.keyAgreement().agree(key, peerPublicKey));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
        CryptoSuite present = suite.require();
        byte[] own = document.agreementKey();
        try {
            List<byte[]> keys = new ArrayList<>(ratchets);
            if (!enforceRatchets) {
                keys.add(own);
            }
            if (keys.isEmpty()) {
                return Optional.empty();
            }
            return Optional.ofNullable(present.decrypt(keys, hash().toBytes(), ciphertext))
                    .map(Decrypted::plaintext);
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    /** For backups; the caller wipes the array. */
    byte[] privateKeys() {
        return document.privateKeys();
    }

    @Override
    public String toString() {
        return "StoredIdentity[" + name + "]";
    }
}
