package io.kairos.core.identity;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.Networks;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.store.Store;
import io.kairos.lib.bytes.Hashes;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The identities of this node in one network. All are read when it is opened and stay in memory, so it goes on working while the store is
 * being replaced; only making and importing need the store.
 *
 * <p>Each identity is written twice, so that also the store's previous generation of the document holds it, and read back.
 */
public final class StoredIdentities implements IdentityStore {

    private static final Pattern NAME = Pattern.compile("(?!\\.)[a-z0-9._-]{1,64}");
    /** What identities that are not stored are called; none that is stored can be called so. */
    private static final String PASSING = "(passing)";

    private static final Comparator<LocalIdentity> NODE_FIRST = Comparator.comparing(
                    (LocalIdentity identity) -> !identity.name().equals(NODE))
            .thenComparing(LocalIdentity::name);

    private final String network;
    private final String folder;
    private final Path location;
    private final CurrentSuite suite;
    private final SecureRandom random;
    private final List<MeshException> unreadable;
    private final boolean isNew;

    private volatile Map<String, StoredIdentity> identities; // replaced as a whole, by writers that hold this
    private volatile Optional<Store> store;

    private StoredIdentities(String network, Store store, Path location, CurrentSuite suite, SecureRandom random) {
        this.network = network;
        this.folder = IdentityFolders.of(network);
        this.store = Optional.of(store);
        this.location = location;
        this.suite = suite;
        this.random = random;
        this.unreadable = new ArrayList<>();
        this.identities = readAll(store);
        this.isNew = !identities.containsKey(NODE);
        if (isNew) {
            create(NODE);
        }
    }

    /**
     * Reads all identities of a network; makes the node's own where there is none.
     *
     * @throws MeshException where the node's own cannot be read, or must be made and cannot be
     */
    public static StoredIdentities open(
            String network, Store store, Path location, CurrentSuite suite, SecureRandom random) {
        return new StoredIdentities(network, store, location, suite, random);
    }

    /** Whether there is an identity of the node already, so that none must be made. */
    static boolean hasNode(String network, Store store) {
        String folder = IdentityFolders.of(network);
        return store.list(folder).contains(folder + "/" + NODE);
    }

    @Override
    public String network() {
        return network;
    }

    @Override
    public LocalIdentity node() {
        return identities.get(NODE);
    }

    @Override
    public boolean isNew() {
        return isNew;
    }

    @Override
    public Path location() {
        return location;
    }

    @Override
    public List<LocalIdentity> all() {
        return identities.values().stream()
                .sorted(NODE_FIRST)
                .map(LocalIdentity.class::cast)
                .toList();
    }

    @Override
    public Optional<LocalIdentity> find(String name) {
        return Optional.ofNullable(identities.get(name));
    }

    @Override
    public Optional<LocalIdentity> find(IdentityHash hash) {
        return identities.values().stream()
                .filter(identity -> identity.hash().equals(hash))
                .map(LocalIdentity.class::cast)
                .findAny();
    }

    @Override
    public LocalIdentity create(String name) {
        byte[] privateKeys = new byte[IdentityDocument.PRIVATE_LENGTH];
        random.nextBytes(privateKeys);
        try {
            return add(name, privateKeys);
        } finally {
            Arrays.fill(privateKeys, (byte) 0);
        }
    }

    @Override
    public LocalIdentity createPassing() {
        byte[] privateKeys = new byte[IdentityDocument.PRIVATE_LENGTH];
        random.nextBytes(privateKeys);
        try {
            IdentityDocument document = IdentityDocument.of(privateKeys, publicKeys(privateKeys));
            return new StoredIdentity(network, PASSING, document, suite);
        } finally {
            Arrays.fill(privateKeys, (byte) 0);
        }
    }

    @Override
    public LocalIdentity importKeys(String name, byte[] privateKeys) {
        if (privateKeys.length != IdentityDocument.PRIVATE_LENGTH) {
            throw IdentityFailures.wrongLength(privateKeys.length);
        }
        byte[] copy = privateKeys.clone();
        try {
            return add(name, copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    @Override
    public byte[] exportKeys(String name) {
        StoredIdentity identity = identities.get(name);
        if (identity == null) {
            throw IdentityFailures.unknown(identities.keySet());
        }
        return identity.privateKeys();
    }

    /** Identities other than the node's own that are in the store but cannot be read. */
    List<MeshException> unreadable() {
        return List.copyOf(unreadable);
    }

    /** The store leaves (empty) or another instance of it took its place. */
    void useStore(Optional<Store> present) {
        store = present;
    }

    /** Whether both hold the same identities under the same names. */
    boolean isSameAs(StoredIdentities other) {
        Map<String, StoredIdentity> mine = identities;
        Map<String, StoredIdentity> theirs = other.identities;
        return mine.keySet().equals(theirs.keySet())
                && mine.values().stream()
                        .allMatch(identity -> identity.hash()
                                .equals(theirs.get(identity.name()).hash()));
    }

    private synchronized StoredIdentity add(String name, byte[] privateKeys) {
        requireFree(name);
        Store present = store.orElseThrow(IdentityFailures::noStore);
        IdentityDocument document = IdentityDocument.of(privateKeys, publicKeys(privateKeys));
        find(document.publicIdentity().hash()).ifPresent(same -> {
            throw IdentityFailures.sameKeys(name, same.name());
        });
        String path = folder + "/" + name;
        if (present.read(path).isPresent()) {
            throw IdentityFailures.taken(name);
        }
        synchronized (present) { // two networks that take the same keys at the same moment: one of them sees the other
            refuseForeign(present, name, document);
            writeVerified(present, path, name, document);
        }
        StoredIdentity added = new StoredIdentity(network, name, document, suite);
        Map<String, StoredIdentity> more = new TreeMap<>(identities);
        more.put(name, added);
        identities = more;
        return added;
    }

    private void refuseForeign(Store in, String name, IdentityDocument document) {
        IdentityFolders.holder(in, document.publicIdentity().hash(), network).ifPresent(other -> {
            throw IdentityFailures.ofAnotherNetwork(name, network, other);
        });
    }

    private void requireFree(String name) {
        if (!NAME.matcher(name).matches()) {
            throw IdentityFailures.badName();
        }
        if (identities.containsKey(name)) {
            throw IdentityFailures.taken(name);
        }
    }

    private byte[] publicKeys(byte[] privateKeys) {
        CryptoSuite present = suite.require();
        byte[] agreement = Arrays.copyOf(privateKeys, 32);
        byte[] seed = Arrays.copyOfRange(privateKeys, 32, 64);
        byte[] keys = new byte[64];
        System.arraycopy(present.keyAgreement().publicKey(agreement), 0, keys, 0, 32);
        System.arraycopy(present.signer().publicKey(seed), 0, keys, 32, 32);
        Arrays.fill(agreement, (byte) 0);
        Arrays.fill(seed, (byte) 0);
        return keys;
    }

    private static void writeVerified(Store store, String path, String name, IdentityDocument document) {
        byte[] bytes = document.encode();
        try {
            store.write(path, bytes);
            store.write(path, bytes);
            byte[] back = store.read(path).orElse(new byte[0]);
            boolean isSame = Hashes.same(bytes, back);
            Arrays.fill(back, (byte) 0);
            if (!isSame) {
                store.delete(path); // it was not there before, and nobody has used it yet
                throw IdentityFailures.notVerified(name);
            }
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Map<String, StoredIdentity> readAll(Store from) {
        Map<String, StoredIdentity> read = new TreeMap<>();
        for (String path : from.list(folder)) {
            String name = path.substring(folder.length() + 1);
            try {
                IdentityDocument document = readOne(from, path, name);
                if (!network.equals(Networks.MAIN)) { // a folder that was copied by hand; main keeps what is its own
                    refuseForeign(from, name, document);
                }
                read.put(name, new StoredIdentity(network, name, document, suite));
            } catch (MeshException e) {
                if (name.equals(NODE)) {
                    throw e; // who this node is must never change silently
                }
                unreadable.add(e);
            }
        }
        return read;
    }

    private static IdentityDocument readOne(Store from, String path, String name) {
        try {
            byte[] bytes = from.read(path).orElseThrow(() -> new MalformedException("gone"));
            try {
                return IdentityDocument.decode(bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (MalformedException | MeshException e) {
            throw IdentityFailures.unreadable(name, e);
        }
    }
}
