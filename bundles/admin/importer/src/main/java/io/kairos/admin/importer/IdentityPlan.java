package io.kairos.admin.importer;

import io.kairos.api.admin.ReticulumImport.Result;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.Hashes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of identity files: 64 bytes, X25519 key and Ed25519 seed. Used once. */
final class IdentityPlan {

    private static final int BYTES = 64;
    private static final String TRANSPORT = "storage/transport_identity";

    /** Where the usual programs keep their identity; below the folder, or below its storage. */
    private static final List<String> PROGRAMS = List.of(
            "identity",
            "storage/identity",
            "primary_identity",
            "app_storage/primary_identity",
            "storage/primary_identity");

    private final OldFolder folder;
    private final IdentityStore store;
    private final CryptoSuite suite;
    private final Set<String> taken = new HashSet<>();
    private final Map<IdentityHash, byte[]> signingKeys = new LinkedHashMap<>();
    private Optional<IdentityHash> transport = Optional.empty();

    IdentityPlan(OldFolder folder, IdentityStore store, CryptoSuite suite) {
        this.folder = folder;
        this.store = store;
        this.suite = suite;
        store.all().forEach(identity -> {
            taken.add(identity.name());
            signingKeys.put(identity.hash(), identity.publicIdentity().signingKey());
        });
    }

    /** Ed25519 public keys of all identities that are here or will be; by their hash. */
    Map<IdentityHash, byte[]> signingKeys() {
        return signingKeys;
    }

    /** The folder's transport identity, once {@link #steps} has found it. */
    Optional<IdentityHash> transport() {
        return transport;
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        folder.file(TRANSPORT).ifPresent(file -> steps.add(step(file, "reticulum-node")));
        folder.filesIn("storage/identities")
                .forEach(file -> steps.add(step(file, file.getFileName().toString())));
        PROGRAMS.forEach(way -> folder.file(way).ifPresent(file -> steps.add(step(file, folder.name()))));
        return steps;
    }

    private Step step(Path file, String wanted) {
        String source = folder.shown(file);
        Optional<byte[]> keys = OldFolder.read(file, BYTES).filter(read -> read.length == BYTES);
        if (keys.isEmpty()) {
            return Step.told(source, "", Result.LEFT_OUT, "no identity: it does not have exactly 64 bytes");
        }
        byte[] publicKeys = publicKeys(keys.get());
        Arrays.fill(keys.get(), (byte) 0);
        IdentityHash hash = Hashes.identity(publicKeys);
        if (source.equals(TRANSPORT)) {
            transport = Optional.of(hash);
        }
        Optional<LocalIdentity> present = store.find(hash);
        if (present.isPresent() || signingKeys.containsKey(hash)) {
            String name = present.map(LocalIdentity::name).orElse("above");
            return Step.told(source, "identity " + name, Result.PRESENT, "");
        }
        signingKeys.put(hash, Arrays.copyOfRange(publicKeys, 32, 64));
        String name = free(wanted);
        String note = source.equals(TRANSPORT)
                ? "kept beside the node's own identity, which is never replaced; others learn the new way by themselves"
                : "";
        return Step.planned(source, "identity " + name, note, () -> take(file, name));
    }

    private void take(Path file, String name) {
        byte[] keys = OldFolder.read(file, BYTES).orElseThrow();
        try {
            store.importKeys(name, keys);
        } finally {
            Arrays.fill(keys, (byte) 0);
        }
    }

    private byte[] publicKeys(byte[] privateKeys) {
        byte[] agreement = Arrays.copyOf(privateKeys, 32);
        byte[] seed = Arrays.copyOfRange(privateKeys, 32, BYTES);
        try {
            byte[] keys = Arrays.copyOf(suite.keyAgreement().publicKey(agreement), BYTES);
            System.arraycopy(suite.signer().publicKey(seed), 0, keys, 32, 32);
            return keys;
        } finally {
            Arrays.fill(agreement, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }

    private String free(String wanted) {
        String plain =
                wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[.-]+", "");
        String base = plain.isEmpty() ? "imported" : plain.substring(0, Math.min(plain.length(), 56));
        String name = base;
        for (int number = 2; !taken.add(name); number++) {
            name = base + "-" + number;
        }
        return name;
    }
}
