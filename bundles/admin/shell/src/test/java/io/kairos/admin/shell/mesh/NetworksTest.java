package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.FakeServices;
import io.kairos.admin.shell.Node;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Typed;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.routing.Router;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworksTest {

    private final Map<String, FakeServices> networks = Map.of(
            "main",
            new FakeServices().with(IdentityStore.class, identities("main", 1)).with(Router.class, router("main")),
            "dev",
            new FakeServices().with(IdentityStore.class, identities("dev", 2)));

    @Test
    void eachNetworkIsARowAndWhatDoesNotRunIsSaid() {
        String text = Typed.command(new NetworksCommand()).run(services());

        String main = Node.publicIdentity(1).hash().toHex();
        String dev = Node.publicIdentity(2).hash().toHex();
        assertEquals("""
                Network  Identity of the node              For others   Interfaces up  Paths  Destinations
                -------  --------------------------------  -----------  -------------  -----  ------------
                dev      %s  not running              -      -             -
                    → A part of it is not running: mesh:doctor tells which and why.
                main     %s  forwards            1 of 2      -             -
                """.formatted(dev, main), text);
    }

    @Test
    void scriptsGetOneEntryForEach() {
        String json = Typed.command(new NetworksCommand()).with("json", true).run(services());

        assertTrue(json.contains("\"name\": \"dev\""), json);
        assertTrue(json.contains("\"interfaces_up\": 1"), json);
    }

    @Test
    void aNodeWithoutAnythingStillHasItsMainNetwork() {
        String text = Typed.command(new NetworksCommand()).run(new FakeServices());

        assertTrue(text.contains("main     -"), text);
    }

    private Services services() {
        return new Services() {
            @Override
            public <T> List<T> all(Class<T> type) {
                return networks.values().stream()
                        .flatMap(each -> each.all(type).stream())
                        .toList();
            }

            @Override
            public Services in(String network) {
                return networks.get(network);
            }
        };
    }

    private static IdentityStore identities(String network, int filling) {
        return Node.fake(IdentityStore.class, (method, arguments) -> switch (method) {
            case "network" -> network;
            case "node" -> Node.identity("node", filling);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static Router router(String network) {
        return Node.fake(Router.class, (method, arguments) -> switch (method) {
            case "network" -> network;
            case "forwards" -> true;
            case "interfaces" ->
                List.of(
                        Node.up("hub", "tcp-server", io.kairos.api.transport.InterfaceCounters.NONE),
                        Node.child("hub/1", "hub"),
                        Node.down("vps", "tcp-client", "Nothing listens there.", "Start it."));
            default -> throw new UnsupportedOperationException(method);
        });
    }
}
