package io.kairos.test.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.PipedInterface;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interface that comes and goes a thousand times leaves nothing behind and works afterwards. */
class FlappingTest {

    private static final int TIMES = 1_000;

    @TempDir
    private Path folder;

    private Mesh mesh;
    private Node alice;
    private Node hub;
    private Node bob;
    private PipedInterface.Pair line;

    @BeforeEach
    void build() {
        mesh = new Mesh(51, folder);
        alice = mesh.node("alice");
        hub = mesh.node("hub");
        bob = mesh.node("bob");
        mesh.join(alice, hub, Mesh.CABLE);
        line = mesh.join(hub, bob, Mesh.CABLE);
        bob.announce();
        mesh.pass(Duration.ofMinutes(1));
    }

    private void assertNothingIsLeft(int timers, int interfaces) {
        mesh.pass(Duration.ofMinutes(1));
        assertEquals(timers, mesh.clock.waiting(), "timers");
        assertEquals(interfaces, hub.core.router().interfaces().size(), "interfaces");
        assertTrue(hub.knowsPath(bob));
        alice.endpoints.send(bob.address(), new byte[] {1});
        mesh.pass(Duration.ofSeconds(5));
        assertEquals(1, bob.received.size(), "it works as before");
    }

    @Test
    void upAndDown() {
        int timers = mesh.clock.waiting();

        for (int i = 0; i < TIMES; i++) {
            line.up(false);
            mesh.pass(Duration.ofMillis(100));
            line.up(true);
            mesh.pass(Duration.ofMillis(100));
        }

        assertNothingIsLeft(timers, 2);
    }

    @Test
    void attachedAndDetached() {
        int timers = mesh.clock.waiting();

        for (int i = 0; i < TIMES; i++) {
            hub.core.detach(line.left());
            mesh.pass(Duration.ofMillis(100));
            hub.core.attach(line.left());
            mesh.pass(Duration.ofMillis(100));
        }

        assertNothingIsLeft(timers, 2);
    }

    /** As a server sees clients that connect, say who they are and go. */
    @Test
    void childrenThatComeAndGo() {
        PipedInterface server =
                PipedInterface.pair("server", "server'", mesh.clock, 1).left();
        hub.attach(server);
        mesh.pass(Duration.ofSeconds(1));
        int timers = mesh.clock.waiting();
        byte[] hello = new Keys("guest").announce("test.guest", 1_767_225_600L);

        for (int i = 0; i < TIMES; i++) {
            PipedInterface child =
                    PipedInterface.pair("guest-" + i, "guest'", mesh.clock, i).left();
            server.appear(child);
            child.receive(hello);
            mesh.pass(Duration.ofMillis(20));
            server.vanish(child);
            mesh.pass(Duration.ofMillis(20));
        }

        assertNothingIsLeft(timers, 3);
    }
}
