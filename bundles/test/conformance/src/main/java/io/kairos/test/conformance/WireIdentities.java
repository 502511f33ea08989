package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Token;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.Networks;
import io.kairos.api.packet.DestinationHash;
import io.kairos.core.identity.CurrentSuite;
import io.kairos.core.identity.StoredIdentities;
import io.kairos.core.link.RandomSource;
import io.kairos.lib.bytes.Hashes;
import io.kairos.test.kit.MemoryStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/** Identities without a node, and groups. */
final class WireIdentities implements Commands.Family {

    private static final int GROUP_KEY = 64;

    private final WireNodes nodes;
    private final CryptoSuite suite = Suite.reticulum();
    private final IdentityStore identities =
            StoredIdentities.open(Networks.MAIN, new MemoryStore(), Path.of(""), current(suite), new SecureRandom());
    private int made;

    WireIdentities(WireNodes nodes) {
        this.nodes = nodes;
    }

    private static CurrentSuite current(CryptoSuite suite) {
        CurrentSuite current = new CurrentSuite();
        current.set(suite);
        return current;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_identity_keypair", p -> keypair())
                .add("wire_ratchet_keypair", p -> ratchet())
                .add("wire_identity_encrypt", this::encrypt)
                .add("wire_identity_decrypt", this::decrypt)
                .add("wire_group_create", this::group)
                .add("wire_group_encrypt", p -> Answer.of("ciphertext", token(p).seal(p.bytesOrNone("plaintext"))))
                .add("wire_group_decrypt", this::groupDecrypt);
    }

    private Map<String, Object> keypair() {
        LocalIdentity identity = identities.create("pair-" + ++made);
        return Answer.with("private_key", identities.exportKeys(identity.name()))
                .and("public_key", identity.publicIdentity().toBytes())
                .and("hash", identity.hash())
                .map();
    }

    private Map<String, Object> ratchet() {
        byte[] key = suite.keyAgreement().generatePrivateKey();
        return Answer.with("private_key", key)
                .and("public_key", suite.keyAgreement().publicKey(key))
                .map();
    }

    private Map<String, Object> encrypt(Parameters p) {
        byte[] keys = p.bytes("public_key");
        byte[] to = p.optionalBytes("ratchet_pub").orElseGet(() -> java.util.Arrays.copyOf(keys, 32));
        byte[] sealed = suite.encrypt(to, Hashes.identity(keys).toBytes(), p.bytesOrNone("plaintext"));
        return Answer.of("ciphertext", sealed);
    }

    private Map<String, Object> decrypt(Parameters p) {
        byte[] keys = p.bytes("private_key");
        IdentityStore own = StoredIdentities.open(
                Networks.MAIN, new MemoryStore(), Path.of(""), current(suite), new SecureRandom());
        Optional<byte[]> plaintext = own.importKeys("given", keys)
                .decrypt(p.bytes("ciphertext"), p.byteLists("ratchets"), p.flag("enforce_ratchets", false));
        return Answer.with("plaintext", plaintext)
                .and("decrypted", plaintext.isPresent())
                .map();
    }

    private Map<String, Object> group(Parameters p) {
        WireNode node = nodes.of(p);
        byte[] key =
                p.optionalBytes("key").orElseGet(() -> RandomSource.secure().bytes(GROUP_KEY));
        LocalIdentity identity = node.newIdentity();
        DestinationHash address = node.node
                .endpoints()
                .open(new io.kairos.api.link.DestinationSettings(
                        p.fullName(),
                        io.kairos.api.packet.DestinationType.GROUP,
                        Optional.of(identity),
                        Optional.of(key),
                        io.kairos.api.link.DestinationSettings.ProofStrategy.NONE,
                        false,
                        Optional.empty(),
                        0))
                .address();
        node.groups.put(address, key);
        return Answer.with("destination_hash", address).and("key", key).map();
    }

    private Token token(Parameters p) {
        return suite.token(nodes.of(p).groups.get(p.destination("destination_hash")));
    }

    private Map<String, Object> groupDecrypt(Parameters p) {
        byte[] plaintext = token(p).open(p.bytesOrNone("ciphertext"));
        return Answer.with("plaintext", plaintext)
                .and("decrypted", plaintext != null)
                .map();
    }
}
