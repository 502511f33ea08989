package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.FakeServices;
import io.kairos.admin.shell.Node;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WelcomeTest {

    private final FakeRouter router = new FakeRouter(
            Node.up("lan", "auto", InterfaceCounters.NONE),
            Node.child("neighbour", "lan"),
            Node.down("vps-eu", "tcp-client", "Nothing listens on eu.example.net:4242.", "Start it."));

    @Test
    void theFirstStartTellsOfTheIdentityAndItsBackup() {
        assertEquals(
                """
                This is the first start: an identity was made for this node.
                It is kept in /var/lib/kairos/identities and cannot be made again: back it up now with
                  identity:export node -f /path/to/usb-stick/kairos-node.identity

                Interfaces:
                  lan     UP       auto
                  vps-eu  DOWN     tcp-client  Nothing listens on eu.example.net:4242.

                Next: mesh:status, iface:example tcp-client, mesh:doctor\
                """,
                text(new FakeServices().with(IdentityStore.class, store(true)).with(Router.class, router)));
    }

    @Test
    void laterStartsTellOfTheInterfacesOnly() {
        String text =
                text(new FakeServices().with(IdentityStore.class, store(false)).with(Router.class, router));

        assertTrue(text.startsWith("Interfaces:\n"), text);
    }

    @Test
    void aNodeWithoutRouterOrInterfacesSaysSo() {
        assertTrue(text(new FakeServices()).startsWith("The router is not running yet; mesh:doctor tells more.\n"));
        assertTrue(text(new FakeServices().with(Router.class, new FakeRouter()))
                .startsWith("No interface is configured yet; iface:example tcp-client shows how to add one.\n"));
    }

    @Test
    void waitsForIdentityRouterAndInterfaces() {
        FakeServices services = new FakeServices();
        Welcome welcome = new Welcome(services);
        assertFalse(welcome.isComplete(), "nothing runs");
        services.with(IdentityStore.class, store(false));
        assertFalse(welcome.isComplete(), "no router");
        FakeRouter starting = new FakeRouter();
        starting.uptime = Duration.ofMillis(100);
        services.with(Router.class, starting);
        assertFalse(welcome.isComplete(), "interfaces may still come");
        starting.interfaces.add(Node.view(
                "lan", "auto", Optional.empty(), InterfaceState.STARTING, Optional.empty(), InterfaceCounters.NONE));
        assertFalse(welcome.isComplete(), "an interface is starting");
        starting.interfaces.set(0, Node.up("lan", "auto", InterfaceCounters.NONE));
        assertTrue(welcome.isComplete());
        starting.interfaces.clear();
        starting.uptime = Duration.ofSeconds(2);
        assertTrue(welcome.isComplete(), "there are no interfaces");
    }

    private static String text(FakeServices services) {
        return String.join("\n", new Welcome(services).lines());
    }

    private static IdentityStore store(boolean isNew) {
        return Node.fake(IdentityStore.class, (method, arguments) -> switch (method) {
            case "isNew" -> isNew;
            case "location" -> Path.of("/var/lib/kairos/identities");
            default -> throw new UnsupportedOperationException(method);
        });
    }
}
