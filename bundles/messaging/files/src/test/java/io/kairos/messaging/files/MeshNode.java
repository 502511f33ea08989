package io.kairos.messaging.files;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.IdentityHash;
import io.kairos.core.link.EndpointsCore;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.link.RouterDoor;
import io.kairos.core.link.Slot;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.Workers;
import io.kairos.core.router.Collaborators;
import io.kairos.core.router.RouterCore;
import io.kairos.core.router.RouterSettings;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.routing.reticulum.FewestHops;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;

/** A node with a real router and real links; runs on the thread that lets time pass. */
final class MeshNode {

    final RouterCore router;
    final FilesCore files;
    final LocalIdentity rncp;
    private volatile boolean forgets;

    MeshNode(ManualClock clock, int number, Path folder, FilesSettings settings) {
        CryptoSuite suite = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
        MemoryStore store = new MemoryStore();
        Executor later = task -> clock.after(Duration.ZERO, task);
        Identities identities = new Identities(suite, folder, number);
        router = new RouterCore(
                RouterSettings.defaults(64 << 20),
                new Collaborators(
                        clock,
                        clock,
                        () -> Optional.of(suite),
                        () -> Optional.of(new FewestHops()),
                        List::of,
                        store,
                        identities.node(),
                        Runnable::run,
                        Runnable::run,
                        1,
                        Runnable::run,
                        new Random(number)));
        router.start();
        RouterDoor door = new RouterDoor();
        door.bind(router.packetRouter());
        EndpointsCore endpoints = new EndpointsCore(new Surroundings(
                clock,
                clock,
                door,
                Slot.of(suite),
                Slot.of(router.knownDestinations()),
                Slot.of(store),
                new Workers(later, later),
                new Random(number)::nextBytes,
                folder,
                LinkSettings.DEFAULT));
        files = new FilesCore(settings, new FilesCore.Node(endpoints, identities, forgetful(), clock, clock), later);
        rncp = identities.find("rncp").orElseGet(() -> identities.create("rncp"));
    }

    /** Makes others look like programs that tell nothing of themselves, as rncp does. */
    void forgetsApplicationData(boolean forgets) {
        this.forgets = forgets;
    }

    private KnownDestinations forgetful() {
        KnownDestinations known = router.knownDestinations();
        return (KnownDestinations) Proxy.newProxyInstance(
                MeshNode.class.getClassLoader(),
                new Class<?>[] {KnownDestinations.class},
                (proxy, method, arguments) -> {
                    Object answer = method.invoke(known, arguments);
                    return forgets && method.getName().equals("peek") ? Optional.empty() : answer;
                });
    }

    /** Which identity a node of this number has under the name that files are sent with. */
    static IdentityHash identityOf(int number) {
        CryptoSuite suite = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
        return new Identities(suite, Path.of(""), number).create("rncp").hash();
    }

    private static final class Identities implements IdentityStore {

        private final CryptoSuite suite;
        private final Path folder;
        private final int number;
        private final Map<String, LocalIdentity> identities = new LinkedHashMap<>();

        Identities(CryptoSuite suite, Path folder, int number) {
            this.suite = suite;
            this.folder = folder;
            this.number = number;
            create(NODE);
        }

        @Override
        public LocalIdentity node() {
            return identities.get(NODE);
        }

        @Override
        public boolean isNew() {
            return true;
        }

        @Override
        public Path location() {
            return folder;
        }

        @Override
        public List<LocalIdentity> all() {
            return List.copyOf(identities.values());
        }

        @Override
        public Optional<LocalIdentity> find(String name) {
            return Optional.ofNullable(identities.get(name));
        }

        @Override
        public Optional<LocalIdentity> find(IdentityHash hash) {
            return all().stream()
                    .filter(identity -> identity.hash().equals(hash))
                    .findFirst();
        }

        @Override
        public LocalIdentity create(String name) {
            byte[] keys = new byte[64];
            new Random(31L * number + name.hashCode()).nextBytes(keys);
            return importKeys(name, keys);
        }

        @Override
        public LocalIdentity importKeys(String name, byte[] privateKeys) {
            LocalIdentity made = new Identity(name, suite, privateKeys);
            identities.put(name, made);
            return made;
        }

        @Override
        public byte[] exportKeys(String name) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Identity implements LocalIdentity {

        private final String name;
        private final CryptoSuite suite;
        private final byte[] agreement;
        private final byte[] seed;
        private final PublicIdentity publicIdentity;

        Identity(String name, CryptoSuite suite, byte[] keys) {
            this.name = name;
            this.suite = suite;
            this.agreement = Arrays.copyOf(keys, 32);
            this.seed = Arrays.copyOfRange(keys, 32, 64);
            byte[] both = Arrays.copyOf(suite.keyAgreement().publicKey(agreement), 64);
            System.arraycopy(suite.signer().publicKey(seed), 0, both, 32, 32);
            this.publicIdentity = PublicIdentity.of(both, Hashes.identity(both));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public PublicIdentity publicIdentity() {
            return publicIdentity;
        }

        @Override
        public byte[] sign(byte[] message) {
            return suite.signer().sign(seed, message);
        }

        @Override
        public Optional<byte[]> agree(byte[] peerPublicKey) {
            return Optional.ofNullable(suite.keyAgreement().agree(agreement, peerPublicKey));
        }

        @Override
        public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
            List<byte[]> keys = new ArrayList<>(ratchets);
            keys.add(agreement);
            return Optional.ofNullable(suite.decrypt(keys, hash().toBytes(), ciphertext))
                    .map(Decrypted::plaintext);
        }
    }
}
