package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.bytes.Hashes;
import io.kairos.test.kit.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Identities and ratchets. */
final class IdentityCommands implements Commands.Family {

    private final CryptoSuite suite = Suite.reticulum();

    @Override
    public void addTo(Commands commands) {
        commands.add(
                        "identity_from_private_key",
                        p -> shown(Identities.of(p.bytes("private_key")).publicIdentity())
                                .map())
                .add("identity_hash", p -> Answer.of("hash", Hashes.identity(p.bytes("public_key"))))
                .add("identity_encrypt", this::encrypt)
                .add(
                        "identity_decrypt",
                        p -> Answer.of(
                                "plaintext",
                                Identities.of(p.bytes("private_key")).decrypt(p.bytes("ciphertext"), List.of(), false)))
                .add(
                        "identity_sign",
                        p -> Answer.of(
                                "signature",
                                Identities.of(p.bytes("private_key")).sign(p.bytes("message"))))
                .add("identity_verify", this::verify)
                .add("identity_to_file", IdentityCommands::toFile)
                .add("identity_from_file", IdentityCommands::fromFile)
                .add("identity_random_hash", IdentityCommands::tagOfRequest)
                .add("identity_remember", IdentityCommands::remember)
                .notSupported("identity_keyless_op", "an identity without keys cannot be made");
        ratchets(commands);
    }

    /** Random hashes tell path requests apart, so a node asks for some path. */
    private static Map<String, Object> tagOfRequest(Parameters p) {
        try (BridgeNode node = new BridgeNode(NodeSettings.stepped(Optional.empty(), false))) {
            MockInterface medium = MockInterface.plain("out");
            node.attach(medium);
            byte[] tag = RequestedPaths.ask(node, medium, Hashes.plainDestination("conformance.random"));
            return Answer.of("random_hash", tag);
        }
    }

    /** Learnt from elsewhere than an announce, as the importer does it. A refused argument is a TypeError in the suite. */
    private static Map<String, Object> remember(Parameters p) {
        byte[] key = p.bytes("public_key");
        try (BridgeNode node = new BridgeNode(NodeSettings.stepped(Optional.empty(), false))) {
            KnownDestinations known = node.router().knownDestinations();
            DestinationHash destination = p.destination("destination_hash");
            known.learn(
                    new KnownDestination(
                            destination,
                            Identities.ofPublic(key),
                            p.optionalBytes("app_data"),
                            Optional.empty(),
                            node.clock().wallMillis()),
                    false);
            return Answer.with("ok", true)
                    .and("public_key_len", key.length)
                    .and("recalled", known.peek(destination).isPresent())
                    .map();
        } catch (IllegalArgumentException refused) {
            return Answer.with("ok", false)
                    .and("error", "TypeError")
                    .and("public_key_len", key.length)
                    .map();
        }
    }

    private static Answer shown(PublicIdentity identity) {
        return Answer.with("public_key", identity.toBytes())
                .and("hash", identity.hash())
                .and("hexhash", identity.hash().toHex());
    }

    private Map<String, Object> encrypt(Parameters p) {
        PublicIdentity to = Identities.ofPublic(p.bytes("public_key"));
        return Answer.of(
                "ciphertext", suite.encrypt(to.encryptionKey(), to.hash().toBytes(), p.bytes("plaintext")));
    }

    private Map<String, Object> verify(Parameters p) {
        byte[] key = Identities.ofPublic(p.bytes("public_key")).signingKey();
        return Answer.of("valid", suite.signer().verify(key, p.bytes("message"), p.bytes("signature")));
    }

    /** An export is the file that Reticulum programs read. */
    private static Map<String, Object> toFile(Parameters p) throws IOException {
        IdentityStore store = Identities.in(new MemoryStore(), Suite.reticulum());
        store.importKeys("given", p.bytes("private_key"));
        Path file = Files.createTempFile("kairos-bridge", ".identity");
        file.toFile().deleteOnExit();
        Files.write(file, store.exportKeys("given"));
        return Answer.of("path", file.toString());
    }

    private static Map<String, Object> fromFile(Parameters p) throws IOException {
        LocalIdentity read;
        try {
            read = Identities.of(Files.readAllBytes(Path.of(p.text("path"))));
        } catch (RuntimeException | NoSuchFileException refused) {
            return Answer.of("found", false);
        }
        Answer answer = Answer.with("found", true);
        shown(read.publicIdentity()).map().forEach(answer::and);
        return answer.map();
    }

    private void ratchets(Commands commands) {
        commands.add("ratchet_id", p -> Answer.of("ratchet_id", Hashes.ratchet(p.bytes("ratchet_public"))))
                .add(
                        "ratchet_public_from_private",
                        p -> Answer.of("ratchet_public", suite.keyAgreement().publicKey(p.bytes("ratchet_private"))))
                .add("ratchet_encrypt", p -> {
                    PublicIdentity to = Identities.ofPublic(p.bytes("public_key"));
                    return Answer.of(
                            "ciphertext",
                            suite.encrypt(p.bytes("ratchet_public"), to.hash().toBytes(), p.bytes("plaintext")));
                })
                .add("ratchet_decrypt", this::decryptRatcheted);
    }

    /** As a destination does: the ratchets first, then the identity's own key unless ratchets are enforced. */
    private Map<String, Object> decryptRatcheted(Parameters p) {
        LocalIdentity identity = Identities.of(p.bytes("private_key"));
        List<byte[]> ratchets = p.has("ratchet_privates")
                ? p.byteLists("ratchet_privates")
                : p.optionalBytes("ratchet_private").map(List::of).orElse(List.of());
        byte[] ciphertext = p.bytes("ciphertext");
        Decrypted fitting = ratchets.isEmpty()
                ? null
                : suite.decrypt(ratchets, identity.hash().toBytes(), ciphertext);
        Optional<byte[]> plaintext = identity.decrypt(ciphertext, ratchets, p.flag("enforce_ratchets", false));
        Optional<byte[]> used = Optional.ofNullable(fitting)
                .map(decrypted -> suite.keyAgreement().publicKey(ratchets.get(decrypted.keyIndex())))
                .map(Hashes::ratchet);
        return Answer.with("plaintext", plaintext)
                .and("latest_ratchet_id", used)
                .map();
    }
}
