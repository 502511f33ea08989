package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.FakeServices;
import io.kairos.admin.shell.Node;
import io.kairos.admin.shell.Typed;
import io.kairos.api.admin.DiscoveredInterfaces;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.time.Clock;
import io.kairos.test.kit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class MeshCommandsTest {

    private static final String NEAR = Node.NEAR.toHex();
    private static final String FAR = Node.FAR.toHex();

    private final FakePathTable paths = new FakePathTable();
    private final FakeKnown known = new FakeKnown();
    private final FakeServices services = new FakeServices()
            .with(Clock.class, new ManualClock())
            .with(PathTable.class, paths)
            .with(KnownDestinations.class, known);

    @Test
    void aCommandWithoutTheNodeSaysWhatIsMissing() {
        MeshException missing = assertThrows(
                MeshException.class, () -> Typed.command(new StatusCommand()).run(new FakeServices()));

        assertEquals("No router is running.", missing.getMessage());
    }

    @Test
    void statusShowsTheNode() {
        services.with(Router.class, new FakeRouter());

        assertTrue(Typed.command(new StatusCommand()).run(services).startsWith("Network main: "));
        assertTrue(Typed.command(new StatusCommand())
                .with("json", true)
                .run(services)
                .startsWith("[\n  {"));
    }

    @Test
    void statusGoesOnUntilNobodyReadsIt() throws InterruptedException {
        StatusCommand command = new StatusCommand();
        Typed.command(command)
                .with("monitor", true)
                .with("interval", "0.2"); // more often than once a second is too often
        AtomicInteger seconds = new AtomicInteger();
        Clock moving = Node.fake(Clock.class, (method, arguments) -> switch (method) {
            case "nanos" -> seconds.incrementAndGet() * 1_000_000_000L;
            case "wallMillis" -> Node.NOW;
            default -> throw new UnsupportedOperationException(method);
        });
        FakeServices live =
                new FakeServices().with(Router.class, new FakeRouter()).with(Clock.class, moving);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IntSupplier shown = () -> bytes.toString(StandardCharsets.UTF_8).split("Network main", -1).length - 1;
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8) {
            @Override
            public boolean checkError() {
                return shown.getAsInt() >= 3;
            }
        };

        assertThrows(MeshException.class, () -> command.run(live, out));
        Typed.command(command).with("interval", "1");
        command.run(live, out);

        assertEquals(3, shown.getAsInt());
    }

    @Test
    void statusAlsoShowsWhatOthersAnnounce() {
        services.with(DiscoveredInterfaces.class, () -> List.of(discovered("North"), discovered("South")));

        String printed = Typed.command(new StatusCommand())
                .with("discovered", true)
                .with("name", "nor")
                .run(services);
        assertTrue(printed.contains("North") && !printed.contains("South"), printed);
        assertFalse(printed.contains("iface:add"), printed);
        printed = Typed.command(new StatusCommand()).with("detailed", true).run(services);
        assertTrue(printed.contains("iface:add tcp-client name=South peer.host=10.0.0.1 peer.port=4242"), printed);
    }

    private static DiscoveredInterfaces.Found discovered(String name) {
        return new DiscoveredInterfaces.Found(
                name,
                "TCPServerInterface",
                "00".repeat(16),
                "00".repeat(16),
                true,
                Map.of("reachable_on", "10.0.0.1", "port", "4242"),
                16,
                2,
                Node.ago(100),
                Node.ago(50),
                "available");
    }

    @Test
    void aPathThatIsNotKnownIsAskedFor() {
        List<Object> asked = new ArrayList<>();
        services.with(PacketRouter.class, Node.fake(PacketRouter.class, (method, arguments) -> {
            asked.addAll(arguments);
            paths.paths.put(Node.FAR, Node.path(Node.HUB, "lan", 3));
            return CompletableFuture.completedFuture(true);
        }));

        String printed = Typed.command(new PathCommand())
                .with("destination", FAR)
                .with("wait", "30")
                .run(services);

        assertEquals(List.of(Node.FAR, Duration.ofSeconds(30)), asked);
        assertTrue(printed.startsWith("No path is known; asking the network for up to 30 s …\n"), printed);
        assertTrue(printed.contains("\n1 path. "), printed);
    }

    @Test
    void noAnswerIsAFailureWithARemedy() {
        services.with(
                PacketRouter.class,
                Node.fake(PacketRouter.class, (method, arguments) -> CompletableFuture.completedFuture(false)));
        MeshException failure = assertThrows(
                MeshException.class,
                () -> Typed.command(new PathCommand()).with("destination", FAR).run(services));

        assertEquals("No path to " + FAR + " is known.", failure.getMessage());
    }

    @Test
    void withTableNobodyIsAsked() {
        assertThrows(
                MeshException.class,
                () -> Typed.command(new PathCommand())
                        .with("destination", FAR)
                        .with("table", true)
                        .run(services));
    }

    @Test
    void pathsAreForgottenOneByOneAndByNextHop() {
        paths.paths.put(Node.NEAR, Node.path(Node.NEAR, "lan", 1));
        paths.paths.put(Node.FAR, Node.path(Node.HUB, "lan", 3));

        assertEquals(
                "1 path forgotten.\n",
                Typed.command(new PathCommand())
                        .with("drop", true)
                        .with("destination", NEAR)
                        .run(services));
        assertEquals(
                "1 path forgotten.\n",
                Typed.command(new PathCommand())
                        .with("dropVia", true)
                        .with("destination", Node.HUB.toHex())
                        .run(services));
        assertEquals(
                "7 announces forgotten.\n",
                Typed.command(new PathCommand()).with("dropAnnounces", true).run(services));
        assertEquals(0, paths.size());
        assertThrows(
                MeshException.class,
                () -> Typed.command(new PathCommand()).with("drop", true).run(services));
        assertThrows(
                MeshException.class,
                () -> Typed.command(new PathCommand())
                        .with("drop", true)
                        .with("destination", NEAR)
                        .run(services));
    }

    @Test
    void explainNeedsAPath() {
        MeshException failure = assertThrows(
                MeshException.class,
                () -> Typed.command(new ExplainCommand())
                        .with("destination", FAR)
                        .run(services));

        assertEquals("Ask the network for one with mesh:path " + FAR + ".", failure.remedy());
    }

    @Test
    void probeChecksItsNumbersBeforeItSends() {
        MeshException failure = assertThrows(
                MeshException.class,
                () -> Typed.command(new ProbeCommand())
                        .with("destination", FAR)
                        .with("size", "384")
                        .run(services));

        assertEquals(
                "-s 384 is not possible.\n  → Give a whole number from 1 to 383.",
                failure.failure().toText());
    }

    @Test
    void announceTellsWhatItAnnounced() {
        List<String> sent = new ArrayList<>();
        LocalDestination open = Node.fake(LocalDestination.class, (method, arguments) -> switch (method) {
            case "address" -> Node.HUB;
            case "settings" -> Node.single("kairos.echo", Node.identity("node", 1));
            case "announce" ->
                sent.add(((Optional<?>) arguments.get(0))
                        .map(data -> new String((byte[]) data, StandardCharsets.UTF_8))
                        .orElse("default"));
            default -> throw new UnsupportedOperationException(method);
        });
        services.with(Endpoints.class, Node.fake(Endpoints.class, (method, arguments) -> List.of(open)));

        assertEquals(
                "Announced kairos.echo (" + Node.HUB.toHex() + ").\n",
                Typed.command(new AnnounceCommand())
                        .with("name", "kairos.echo")
                        .with("data", "Müller")
                        .run(services));
        Typed.command(new AnnounceCommand()).with("name", Node.HUB.toHex()).run(services);
        assertEquals(List.of("Müller", "default"), sent);
        assertThrows(
                MeshException.class,
                () -> Typed.command(new AnnounceCommand())
                        .with("name", "kairos.other")
                        .run(services));
        assertThrows(
                MeshException.class,
                () -> Typed.command(new AnnounceCommand())
                        .with("name", "kairos.echo")
                        .with("data", "x".repeat(301))
                        .run(services));
    }

    @Test
    void blackholeAddsListsAndRemoves() {
        services.with(
                IdentityStore.class, Node.fake(IdentityStore.class, (method, arguments) -> Node.identity("node", 1)));
        String somebody = Node.SOMEBODY.toHex();

        Typed.command(new BlackholeCommand())
                .with("action", "add")
                .with("identity", somebody)
                .with("hours", "2")
                .with("reason", "spam")
                .run(services);
        assertEquals(Optional.of(Node.NOW + 7_200_000), known.refused.get(0).untilMillis());
        assertTrue(Typed.command(new BlackholeCommand()).run(services).contains(somebody + "  in 2 h"));
        assertThrows(
                MeshException.class,
                () -> Typed.command(new BlackholeCommand())
                        .with("action", "add")
                        .with("identity", somebody)
                        .run(services));
        Typed.command(new BlackholeCommand())
                .with("action", "remove")
                .with("identity", somebody)
                .run(services);
        assertEquals(List.of(), known.refused);
    }

    @Test
    void blackholeRefusesWhatMakesNoSense() {
        services.with(
                IdentityStore.class, Node.fake(IdentityStore.class, (method, arguments) -> Node.identity("node", 1)));

        assertThrows(
                MeshException.class,
                () -> Typed.command(new BlackholeCommand())
                        .with("action", "ban")
                        .run(services));
        assertThrows(
                MeshException.class,
                () -> Typed.command(new BlackholeCommand())
                        .with("action", "add")
                        .run(services));
        assertThrows(
                MeshException.class,
                () -> Typed.command(new BlackholeCommand())
                        .with("action", "add")
                        .with("identity", Node.publicIdentity(1).hash().toHex())
                        .run(services));
        assertThrows(
                MeshException.class,
                () -> Typed.command(new BlackholeCommand())
                        .with("action", "remove")
                        .with("identity", Node.SOMEBODY.toHex())
                        .run(services));
    }

    @Test
    void completersOfferWhatIsThere() {
        paths.paths.put(Node.FAR, Node.path(Node.HUB, "lan", 3));
        services.with(
                Router.class, new FakeRouter(Node.up("lan", "auto", io.kairos.api.transport.InterfaceCounters.NONE)));
        services.with(
                Endpoints.class,
                Node.fake(Endpoints.class, (method, arguments) -> List.of(ListsTest.destination("kairos.echo", 1, 0))));

        assertEquals(List.of(Node.HUB.toHex(), FAR), List.copyOf(DestinationCompleter.words(services)));
        assertEquals(List.of("kairos.echo"), List.copyOf(LocalDestinationCompleter.words(services)));
        assertEquals(List.of("lan"), List.copyOf(InterfaceCompleter.words(services)));
        assertEquals(List.of(), List.copyOf(BlackholedCompleter.words(services)));
        assertEquals(List.of(), List.copyOf(DestinationCompleter.words(new FakeServices())), "nothing runs");
    }
}
