package io.kairos.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.Networks;
import io.kairos.test.kit.MemoryStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkIdentitiesTest {

    private final MemoryStore store = new MemoryStore();
    private final CurrentSuite suite = new CurrentSuite();

    NetworkIdentitiesTest() {
        suite.set(new JdkSuite());
    }

    @Test
    void eachNetworkHasAFolderAndANodeIdentityOfItsOwn() {
        StoredIdentities main = open("main");
        StoredIdentities dev = open("dev");

        assertNotEquals(main.node().hash(), dev.node().hash());
        assertEquals("dev", dev.network());
        assertEquals(Optional.of("dev"), dev.node().network());
        assertEquals(Optional.of("main"), main.node().network());
        assertEquals(List.of("identities/node", "networks/dev/identities/node"), store.list(""));
        assertEquals(1, main.all().size());
        assertEquals(dev.node().hash(), open("dev").node().hash());
    }

    @Test
    void keysOfOneNetworkAreRefusedInEveryOther() {
        StoredIdentities main = open("main");
        StoredIdentities dev = open("dev");
        StoredIdentities lab = open("lab");
        dev.create("laptop");

        assertRefused("network main", () -> dev.importKeys("copy", main.exportKeys("node")));
        assertRefused("network dev", () -> main.importKeys("copy", dev.exportKeys("laptop")));
        assertRefused("network dev", () -> lab.importKeys("copy", dev.exportKeys("node")));
        assertTrue(main.find("copy").isEmpty());
        assertFalse(store.list("").contains("identities/copy"));
    }

    /** The file of the network may be gone for a while; what it was known by stays its own. */
    @Test
    void keysOfANetworkThatIsNotThereAreRefusedToo() {
        byte[] keys = open("dev").exportKeys("node");

        assertRefused("network dev", () -> open("main").importKeys("copy", keys));
    }

    @Test
    void aFolderThatWasCopiedByHandMakesNoSecondNode() {
        open("dev");
        store.write(
                "networks/lab/identities/node",
                store.read("networks/dev/identities/node").orElseThrow());

        assertRefused("network dev", () -> open("lab"));
    }

    @Test
    void aNameThatIsNoneMakesNoNetwork() {
        for (String name : List.of("main", "Dev", "a.b", "", "../x", "x".repeat(65))) {
            assertEquals(Optional.empty(), Networks.madeBy(Map.of("service.pid", "io.kairos.network~" + name)), name);
        }
        assertEquals(Optional.of("dev-2"), Networks.madeBy(Map.of("service.pid", "io.kairos.network~dev-2")));
        assertEquals(Optional.empty(), Networks.madeBy(Map.of("service.pid", "io.kairos.network")));
    }

    @Test
    void aServiceThatSaysNothingBelongsToTheMainNetwork() {
        assertEquals("main", Networks.of(Map.of()));
        assertEquals("dev", Networks.of(Map.of("network", "dev")));
    }

    private StoredIdentities open(String network) {
        return StoredIdentities.open(network, store, Path.of("store"), suite, new SecureRandom());
    }

    private static void assertRefused(String names, org.junit.jupiter.api.function.Executable work) {
        MeshException failure = assertThrows(MeshException.class, work);
        assertEquals(Failure.Kind.POLICY, failure.kind());
        assertTrue(failure.getMessage().contains(names), failure.getMessage());
        assertFalse(failure.remedy().isBlank());
    }
}
