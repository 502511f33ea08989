package io.kairos.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.Networks;
import io.kairos.api.store.Store;
import io.kairos.test.kit.MemoryStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredIdentitiesTest {

    private final MemoryStore store = new MemoryStore();
    private final CurrentSuite suite = new CurrentSuite();

    StoredIdentitiesTest() {
        suite.set(new JdkSuite());
    }

    @Test
    void theFirstStartMakesTheNodesIdentityAndLaterOnesKeepIt() {
        StoredIdentities first = open(store);
        suite.clear(suite.require());
        StoredIdentities second = open(store);

        assertTrue(first.isNew());
        assertFalse(second.isNew());
        assertEquals(first.node().publicIdentity(), second.node().publicIdentity());
        assertEquals(Path.of("store"), second.location());
        assertTrue(first.isSameAs(second));
    }

    @Test
    void twoNodesAreDifferentAndTheirPrivateKeysAreNotClamped() {
        boolean unclamped = false;
        byte[] before = new byte[64];
        for (int i = 0; i < 20; i++) {
            byte[] keys = open(new MemoryStore()).exportKeys("node");
            assertFalse(java.util.Arrays.equals(before, keys));
            unclamped |= (keys[0] & 7) != 0;
            before = keys;
        }
        assertTrue(unclamped, "32 random bytes are kept as they were drawn");
    }

    @Test
    void aPassingIdentityWorksAndIsKeptNowhere() {
        StoredIdentities identities = open(store);
        LocalIdentity passing = identities.createPassing();

        assertEquals(64, passing.sign(new byte[] {1}).length);
        assertThrows(MeshException.class, () -> identities.create(passing.name()), "none that is stored is called so");
        assertNotEquals(passing.hash(), identities.createPassing().hash());
        assertEquals(List.of(identities.node()), identities.all());
        assertEquals(Optional.empty(), identities.find(passing.hash()));
        assertEquals(1, open(store).all().size());
    }

    @Test
    void importedKeysComeBackUnchangedAlsoAfterARestart() {
        byte[] keys = keys(0xff);
        LocalIdentity imported = open(store).importKeys("laptop", keys);

        StoredIdentities again = open(store);

        assertArrayEquals(keys, again.exportKeys("laptop"));
        assertArrayEquals(keys(0xff), keys, "the caller's array is not touched");
        assertEquals(imported.hash(), again.find("laptop").orElseThrow().hash());
        assertEquals(imported.hash(), again.find(imported.hash()).orElseThrow().hash());
    }

    @Test
    void theNodesOwnIdentityComesFirst() {
        StoredIdentities identities = open(store);
        identities.create("aaa");
        identities.create("zzz");

        assertEquals(
                List.of("node", "aaa", "zzz"),
                identities.all().stream().map(LocalIdentity::name).toList());
    }

    @Test
    void nothingIsEverOverwritten() {
        StoredIdentities identities = open(store);
        identities.importKeys("one", keys(1));
        byte[] node = identities.exportKeys("node");

        assertRefused(Failure.Kind.CONFIGURATION, () -> identities.create("one"));
        assertRefused(Failure.Kind.CONFIGURATION, () -> identities.importKeys("node", keys(2)));
        assertRefused(Failure.Kind.CONFIGURATION, () -> identities.importKeys("other", keys(1)));
        assertEquals(2, identities.all().size());
        assertArrayEquals(node, identities.exportKeys("node"));
        assertArrayEquals(keys(1), identities.exportKeys("one"));
    }

    @Test
    void aDocumentThatCannotBeReadIsReportedAndNotOverwrittenEither() {
        open(store).create("laptop");
        store.write("identities/laptop", new byte[] {9, 9});

        StoredIdentities identities = open(store);

        assertEquals(1, identities.unreadable().size());
        assertTrue(identities.find("laptop").isEmpty());
        assertRefused(Failure.Kind.CONFIGURATION, () -> identities.create("laptop"));
        assertArrayEquals(new byte[] {9, 9}, store.read("identities/laptop").orElseThrow());
    }

    @Test
    void whenTheNodesOwnIdentityCannotBeReadNoNewOneIsMade() {
        open(store);
        byte[] cut = new byte[100];
        cut[0] = 1;
        store.write("identities/node", cut);

        assertRefused(Failure.Kind.STORAGE, () -> open(store));
        assertArrayEquals(cut, store.read("identities/node").orElseThrow());
    }

    @Test
    void badNamesAndKeysOfTheWrongLengthAreRefusedWithWhatWouldBeRight() {
        StoredIdentities identities = open(store);

        for (String name : List.of("", ".hidden", "A", "a/b", "a b", "x".repeat(65))) {
            assertRefused(Failure.Kind.CONFIGURATION, () -> identities.create(name));
        }
        for (int length : new int[] {0, 32, 63, 65, 128}) {
            assertRefused(Failure.Kind.CONFIGURATION, () -> identities.importKeys("x", new byte[length]));
        }
        assertRefused(Failure.Kind.CONFIGURATION, () -> identities.exportKeys("nobody"));
    }

    @Test
    void aFullDiskAtTheFirstStartIsAFailureAndTheNextTrySucceeds() {
        store.full(true);
        assertRefused(Failure.Kind.STORAGE, () -> open(store));

        store.full(false);

        assertTrue(open(store).isNew());
    }

    @Test
    void anIdentityThatIsReadBackDifferentlyIsNotTakenIntoUse() {
        Store forgetful = new Store() {
            @Override
            public void write(String name, Content content) {
                store.write(name, out -> {
                    content.writeTo(out);
                    out.write(0);
                });
            }

            @Override
            public <T> Optional<T> read(String name, Reader<T> reader) {
                return store.read(name, reader);
            }

            @Override
            public void delete(String name) {
                store.delete(name);
            }

            @Override
            public List<String> list(String folder) {
                return store.list(folder);
            }
        };

        assertRefused(Failure.Kind.STORAGE, () -> open(forgetful));
        assertEquals(List.of(), store.list(""));
    }

    @Test
    void everyIdentityIsWrittenTwiceSoThatAlsoThePreviousGenerationHoldsIt() {
        open(store);

        assertEquals(2, store.writes());
    }

    @Test
    void withoutASuiteTheNodeKnowsWhoItIsButCannotSign() {
        byte[] publicKeys = open(store).node().publicIdentity().toBytes();
        suite.clear(suite.require());
        LocalIdentity node = open(store).node();

        assertArrayEquals(publicKeys, node.publicIdentity().toBytes());
        assertRefused(Failure.Kind.CONFIGURATION, () -> node.sign(new byte[1]));
        assertRefused(Failure.Kind.CONFIGURATION, () -> node.agree(new byte[32]));
        assertRefused(Failure.Kind.CONFIGURATION, () -> node.decrypt(new byte[200], List.of(), false));
        suite.set(new JdkSuite());
        assertEquals(64, node.sign(new byte[1]).length);
    }

    @Test
    void bytesThatDoNotDecryptAreNothingWorseThanThat() {
        LocalIdentity node = open(store).node();

        assertTrue(node.decrypt(new byte[0], List.of(), false).isEmpty());
        assertTrue(node.decrypt(new byte[200], List.of(keys(3)), false).isEmpty());
        assertTrue(node.agree(new byte[32]).isEmpty(), "an all-zero key agrees on nothing");
        assertTrue(node.agree(new byte[5]).isEmpty());
    }

    @Test
    void withoutItsStoreItGoesOnButMakesNothing() {
        StoredIdentities identities = open(store);
        identities.useStore(Optional.empty());

        assertEquals(64, identities.node().sign(new byte[0]).length);
        assertRefused(Failure.Kind.STORAGE, () -> identities.create("later"));
        identities.useStore(Optional.of(store));
        assertEquals("later", identities.create("later").name());
    }

    @Test
    void nothingPrintsAKey() {
        StoredIdentities identities = open(store);
        byte[] keys = identities.exportKeys("node");
        String hex = HexFormat.of().formatHex(keys, 0, 8);

        assertFalse(identities.node().toString().contains(hex));
        assertFalse(IdentityDocument.of(keys, new byte[64]).toString().contains(hex));
        assertNotEquals("", identities.node().toString());
    }

    private StoredIdentities open(Store from) {
        return StoredIdentities.open(Networks.MAIN, from, Path.of("store"), suite, new SecureRandom());
    }

    private static byte[] keys(int fill) {
        byte[] keys = new byte[64];
        java.util.Arrays.fill(keys, (byte) fill);
        return keys;
    }

    private static void assertRefused(Failure.Kind kind, org.junit.jupiter.api.function.Executable work) {
        MeshException failure = assertThrows(MeshException.class, work);
        assertEquals(kind, failure.kind());
        assertFalse(failure.remedy().isBlank());
    }
}
