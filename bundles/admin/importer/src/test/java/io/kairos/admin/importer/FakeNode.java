package io.kairos.admin.importer;

import io.kairos.api.admin.Configurations;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an importer meets: in memory, except for the folder of settings. */
final class FakeNode {

    final CryptoSuite suite = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    final MemoryStore store = new MemoryStore();
    final Map<String, byte[]> keys = new LinkedHashMap<>();
    final Map<DestinationHash, KnownDestination> known = new HashMap<>();
    final List<DestinationHash> kept = new ArrayList<>();
    final List<Blackholed> blackholed = new ArrayList<>();
    final Map<String, String> refusedKeys = new HashMap<>();
    private final Path etc;

    FakeNode(Path etc) {
        this.etc = etc;
        byte[] own = new byte[64];
        Arrays.fill(own, (byte) 7);
        keys.put(IdentityStore.NODE, own);
    }

    Importer importer() {
        return new Importer(new Importer.Node(
                etc, Optional.of(new Checks()), new Identities(), new Known(), store, suite, new ManualClock()));
    }

    private final class Checks implements Configurations {
        @Override
        public List<Problem> check(String pid, Map<String, ?> settings) {
            String key = refusedKeys.get(pid);
            return key == null ? List.of() : List.of(new Problem(key, "x", "is refused", "Change it."));
        }

        @Override
        public List<Refused> refused() {
            return List.of();
        }
    }

    private PublicIdentity publicIdentity(byte[] privateKeys) {
        byte[] pub = Arrays.copyOf(suite.keyAgreement().publicKey(Arrays.copyOf(privateKeys, 32)), 64);
        System.arraycopy(suite.signer().publicKey(Arrays.copyOfRange(privateKeys, 32, 64)), 0, pub, 32, 32);
        return PublicIdentity.of(pub, Hashes.identity(pub));
    }

    private record Identity(String name, PublicIdentity publicIdentity) implements LocalIdentity {
        @Override
        public byte[] sign(byte[] message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<byte[]> agree(byte[] peerPublicKey) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
            return Optional.empty();
        }
    }

    private final class Identities implements IdentityStore {
        @Override
        public LocalIdentity node() {
            return find(NODE).orElseThrow();
        }

        @Override
        public boolean isNew() {
            return false;
        }

        @Override
        public Path location() {
            return etc;
        }

        @Override
        public List<LocalIdentity> all() {
            return keys.entrySet().stream()
                    .<LocalIdentity>map(entry -> new Identity(entry.getKey(), publicIdentity(entry.getValue())))
                    .toList();
        }

        @Override
        public Optional<LocalIdentity> find(String name) {
            return all().stream()
                    .filter(identity -> identity.name().equals(name))
                    .findFirst();
        }

        @Override
        public Optional<LocalIdentity> find(IdentityHash hash) {
            return all().stream()
                    .filter(identity -> identity.hash().equals(hash))
                    .findFirst();
        }

        @Override
        public LocalIdentity create(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LocalIdentity importKeys(String name, byte[] privateKeys) {
            if (keys.putIfAbsent(name, privateKeys.clone()) != null) {
                throw new MeshException(Failure.Kind.CONFIGURATION, "taken", "choose another");
            }
            return find(name).orElseThrow();
        }

        @Override
        public byte[] exportKeys(String name) {
            return keys.get(name).clone();
        }
    }

    private final class Known implements KnownDestinations {
        @Override
        public Optional<KnownDestination> recall(DestinationHash destination) {
            return peek(destination);
        }

        @Override
        public Optional<KnownDestination> peek(DestinationHash destination) {
            return Optional.ofNullable(known.get(destination));
        }

        @Override
        public Optional<KnownDestination> recall(IdentityHash identity) {
            return Optional.empty();
        }

        @Override
        public void retain(DestinationHash destination) {
            kept.add(destination);
        }

        @Override
        public boolean learn(KnownDestination told, boolean isKept) {
            if (isKept) {
                kept.add(told.destination());
            }
            return known.putIfAbsent(told.destination(), told) == null;
        }

        @Override
        public int size() {
            return known.size();
        }

        @Override
        public List<Blackholed> blackholed() {
            return blackholed;
        }

        @Override
        public void blackhole(Blackholed entry) {
            blackholed.add(entry);
        }

        @Override
        public boolean liftBlackhole(IdentityHash identity) {
            return false;
        }

        @Override
        public boolean isBlackholed(IdentityHash identity) {
            return blackholed.stream().anyMatch(entry -> entry.identity().equals(identity));
        }
    }
}
