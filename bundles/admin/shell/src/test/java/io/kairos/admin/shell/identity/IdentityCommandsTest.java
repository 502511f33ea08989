package io.kairos.admin.shell.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.FakeServices;
import io.kairos.admin.shell.Node;
import io.kairos.admin.shell.Typed;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.IdentityHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IdentityCommandsTest {

    private final Map<String, LocalIdentity> identities = new TreeMap<>(Map.of("node", Node.identity("node", 1)));
    private final List<byte[]> exported = new ArrayList<>();
    private final FakeServices services = new FakeServices().with(IdentityStore.class, store());
    private final String nodeHash = identities.get("node").hash().toHex();

    @Test
    void listsIdentitiesWithWhatTheyHaveOpen() {
        services.with(Endpoints.class, Node.fake(Endpoints.class, (method, arguments) -> List.of(open())));

        assertEquals("""
            Name  Identity                          Destinations
            ----  --------------------------------  ------------  ---------
            node  %s             1  this node
            """.formatted(nodeHash), Typed.command(new ListCommand()).run(services));
    }

    @Test
    void showsTheNodeWhereNothingElseIsNamed() {
        String printed = Typed.command(new ShowCommand()).run(services);

        assertEquals("""
            Name         node
            Identity     %s
            Public keys  %s
            No destination of this identity is open.
            """.formatted(nodeHash, "01".repeat(64)), printed);
        assertEquals(
                printed, Typed.command(new ShowCommand()).with("name", nodeHash).run(services));
    }

    @Test
    void scriptsGetPublicKeysButNeverPrivateOnes() {
        String json = Typed.command(new ShowCommand()).with("json", true).run(services);

        assertTrue(json.contains("\"public_keys\": \"" + "01".repeat(64) + "\""), json);
        assertEquals(List.of(), exported);
    }

    @Test
    void createTellsHowToBackUp() {
        assertTrue(Typed.command(new CreateCommand())
                .with("name", "alice")
                .run(services)
                .endsWith("Back it up: identity:export alice -f <file>\n"));
        assertTrue(identities.containsKey("alice"));
    }

    @Test
    void namesAreCheckedBeforeAnythingIsMade() {
        for (String name : List.of("Alice", "", "a b", "x".repeat(65), "node")) {
            assertThrows(
                    MeshException.class,
                    () -> Typed.command(new CreateCommand()).with("name", name).run(services),
                    name);
        }
        assertEquals(1, identities.size());
    }

    @Test
    void keysAreWipedAfterTheyWereShown() {
        String printed = Typed.command(new ExportCommand()).with("name", "node").run(services);

        assertTrue(printed.contains("Hex     " + "07".repeat(64)), printed);
        assertArrayEquals(new byte[64], exported.get(0));
    }

    @Test
    void anUnknownIdentityListsTheKnownOnes() {
        MeshException failure = assertThrows(
                MeshException.class,
                () -> Typed.command(new ExportCommand()).with("name", "bob").run(services));

        assertEquals("This node has no identity 'bob'.", failure.getMessage());
        assertTrue(failure.remedy().startsWith("There is: node."), failure.remedy());
    }

    @Test
    void completesNames() {
        assertEquals(List.of("node"), List.copyOf(IdentityCompleter.words(services)));
    }

    private LocalDestination open() {
        return Node.fake(LocalDestination.class, (method, arguments) -> switch (method) {
            case "address" -> Node.HUB;
            case "settings" -> Node.single("rnstransport.probe", identities.get("node"));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private IdentityStore store() {
        return Node.fake(IdentityStore.class, (method, arguments) -> switch (method) {
            case "all" -> List.copyOf(identities.values());
            case "find" ->
                arguments.get(0) instanceof IdentityHash hash
                        ? identities.values().stream()
                                .filter(each -> each.hash().equals(hash))
                                .findFirst()
                        : java.util.Optional.ofNullable(identities.get(arguments.get(0)));
            case "create" -> {
                String name = (String) arguments.get(0);
                identities.put(name, Node.identity(name, 2));
                yield identities.get(name);
            }
            case "exportKeys" -> {
                byte[] keys = new byte[64];
                java.util.Arrays.fill(keys, (byte) 7);
                exported.add(keys);
                yield keys;
            }
            default -> throw new UnsupportedOperationException(method);
        });
    }
}
