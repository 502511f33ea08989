package io.kairos.test.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.health.MetricSource;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.MeshInterface;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Two networks in one container, each with a neighbour: every way from one to the other is tried, and there is none. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class NetworksIT extends TwoNetworks {

    private static final Pattern KEY = Pattern.compile("<AD id=\"([^\"]+)\"");

    // ---- what belongs to whom ----

    @Test
    public void eachNetworkHasPartsAndAnIdentityOfItsOwn() throws Exception {
        for (Class<?> part : List.of(
                IdentityStore.class,
                Router.class,
                PacketRouter.class,
                PathTable.class,
                KnownDestinations.class,
                Endpoints.class,
                MetricSource.class)) {
            assertNotEquals(
                    part.getName(),
                    find(part, "main").orElseThrow(),
                    find(part, NETWORK).orElseThrow());
        }
        assertNotEquals(
                part(IdentityStore.class, "main").node().hash(),
                part(IdentityStore.class, NETWORK).node().hash());
        assertNotEquals(
                part(Router.class, "main").transportId(),
                part(Router.class, NETWORK).transportId());
        assertEquals(Set.of(Neighbour.INTERFACE), interfacesOf("main"));
        assertEquals(Set.of(WIRE), interfacesOf(NETWORK));
        assertTrue(part(MetricSource.class, NETWORK).metrics().stream()
                .allMatch(metric -> NETWORK.equals(metric.labels().get("network"))));
    }

    // ---- ways across: announces, paths, links, probes ----

    @Test
    public void whatIsAnnouncedInOneNetworkIsNeverHeardInTheOther() throws Exception {
        Heard main = listen(Map.of());
        Heard dev = listen(Map.of("network", NETWORK));
        try (LocalDestination own = part(Endpoints.class, NETWORK)
                .open(DestinationSettings.single(
                        "kairos.test.own", part(IdentityStore.class, NETWORK).node()))) {
            own.announce(Optional.empty());
            DestinationHash again = heard(inDev, NETWORK);
            Node.await("dev hears its neighbour", () -> {
                inDev.announce();
                return dev.destinations.contains(again);
            });
            Node.await("main hears its neighbour", () -> {
                inMain.announce();
                return main.destinations.contains(inMain.address());
            });

            assertFalse(main.destinations.contains(devPeer));
            assertFalse(dev.destinations.contains(inMain.address()));
            assertUnknown("main", devPeer);
            assertUnknown("main", own.address());
            assertUnknown(NETWORK, inMain.address());
        } finally {
            main.registration.unregister();
            dev.registration.unregister();
        }
    }

    @Test
    public void pathsAreNotFoundAndLinksNotMadeAcross() throws Exception {
        assertFalse(requestPath("main", devPeer));
        assertFalse(requestPath(NETWORK, inMain.address()));
        assertNoLink("main", devPeer);
        assertNoLink(NETWORK, inMain.address());
        assertUnknown("main", devPeer);
        assertUnknown(NETWORK, inMain.address());

        Link own = part(Endpoints.class, NETWORK)
                .connect(devPeer)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertEquals("within the network it works", Link.State.ACTIVE, own.state());
        own.close();
    }

    @Test
    public void destinationsOfThisNodeInOneNetworkDoNotExistForPeersOfTheOther() throws Exception {
        try (LocalDestination inTheOther = part(Endpoints.class, NETWORK)
                .open(DestinationSettings.single(
                        "kairos.test.hidden", part(IdentityStore.class, NETWORK).node()))) {
            inTheOther.announce(Optional.empty());
            inDev.connect(inTheOther.address());

            assertThrows(AssertionError.class, () -> inMain.peer().connect(inTheOther.address()));
            assertFalse(part(Endpoints.class, "main").destinations().stream()
                    .anyMatch(open -> open.address().equals(inTheOther.address())));
        }
    }

    @Test
    public void probesDoNotCross() throws Exception {
        Endpoints main = part(Endpoints.class, "main");
        Endpoints dev = part(Endpoints.class, NETWORK);

        assertTrue(probes(dev, devPeer));
        assertTrue(probes(main, inMain.address()));
        assertFalse(probes(main, devPeer));
        assertFalse(probes(dev, inMain.address()));
    }

    // ---- identities ----

    @Test
    public void keysOfOneNetworkAreRefusedByTheOther() {
        IdentityStore main = part(IdentityStore.class, "main");
        IdentityStore dev = part(IdentityStore.class, NETWORK);

        MeshException there =
                assertThrows(MeshException.class, () -> dev.importKeys("copy", main.exportKeys(IdentityStore.NODE)));
        MeshException here =
                assertThrows(MeshException.class, () -> main.importKeys("copy", dev.exportKeys(IdentityStore.NODE)));
        MeshException open = assertThrows(
                MeshException.class,
                () -> part(Endpoints.class, NETWORK).open(DestinationSettings.single("kairos.test", main.node())));

        for (MeshException refused : List.of(there, here, open)) {
            assertEquals(Failure.Kind.POLICY, refused.kind());
            assertFalse(refused.remedy().isBlank());
        }
    }

    @Test
    public void managementAnswersInItsOwnNetworkAlone() throws Exception {
        writeFile("probe.respond = true\n");
        awaitNetwork();
        Node.await(
                "dev answers probes",
                () -> find(Endpoints.class, NETWORK) // it is being replaced
                        .filter(endpoints -> endpoints.destinations().size() == 1)
                        .isPresent());

        LocalDestination probe = part(Endpoints.class, NETWORK).destinations().get(0);
        assertEquals(
                Optional.of(NETWORK), probe.settings().identity().orElseThrow().network());
        assertEquals(1, part(Endpoints.class, "main").destinations().size()); // the echo of this test
        probe.announce(Optional.empty());
        inMain.awaitAnswers(5);
        assertUnknown("main", probe.address());
    }

    // ---- endpoints ----

    @Test
    public void aClientThatWouldJoinTheNetworksThroughThisMachineIsKeptClosed() throws Exception {
        int port = Interfaces.freeTcpPort();
        add(TCP + ".server", "main-tcp", Map.of("listen.port", port));
        interfaces.awaitUp("main-tcp");

        for (String host : List.of("127.0.0.1", "localhost", "::1")) {
            add(TCP + ".client", "bridge", Map.of("peer.host", host, "peer.port", port, "network", NETWORK));
            Failure why = refusal("bridge");

            assertTrue(why.message(), why.message().contains("interface main-tcp of the network main"));
            assertEquals(Failure.Kind.POLICY, why.kind());
            assertFalse(interfacesOf(NETWORK).contains("bridge"));
            assertTrue(findings("networks").stream()
                    .anyMatch(finding -> finding.message().startsWith("Interface bridge is kept closed")));
            Node.await(
                    "nobody is connected",
                    () -> part(Router.class, "main").interfaces().stream()
                            .noneMatch(view -> view.parent().equals(Optional.of("main-tcp"))));
            interfaces.remove("bridge");
        }
    }

    /** Neither may a network serve programs where another does, nor be a program of the other. */
    @Test
    public void theSharedInstanceOfOneNetworkIsClosedToTheOther() throws Exception {
        int port = Interfaces.freeTcpPort();
        Map<String, Object> place =
                Map.of("socket", "tcp", "listen.port", port, "control.port", Interfaces.freeTcpPort());
        add(LOCAL, "main-programs", place);
        interfaces.awaitUp("main-programs");

        Map<String, Object> same = new HashMap<>(place);
        same.put("network", NETWORK);
        add(LOCAL, "dev-programs", same);
        add(LOCAL + ".client", "dev-program", Map.of("socket", "tcp", "peer.port", port, "network", NETWORK));

        for (String kept : List.of("dev-programs", "dev-program")) {
            assertTrue(refusal(kept).message().contains("interface main-programs of the network main"));
            assertFalse(interfacesOf(NETWORK).contains(kept));
        }
        assertTrue(
                "the first serves on",
                interfaces.find("main-programs").orElseThrow().status().isUp());
    }

    @Test
    public void whoIsRefusedIsTakenUpWhenTheFirstGoes() throws Exception {
        int port = Interfaces.freeTcpPort();
        add(TCP + ".server", "first", Map.of("listen.host", "127.0.0.1", "listen.port", port));
        interfaces.awaitUp("first");
        add(TCP + ".server", "second", Map.of("listen.host", "127.0.0.1", "listen.port", port, "network", NETWORK));
        refusal("second");
        MeshInterface first = interfaces.find("first").orElseThrow();
        assertTrue("the first keeps its place", first.status().isUp());

        interfaces.remove("first");

        interfaces.awaitUp("second");
        Node.await("dev has it", () -> interfacesOf(NETWORK).contains("second"));
    }

    @Test
    public void twoNetworksMayNotShareTheirWire() throws Exception {
        int here = Interfaces.freeUdpPort();
        int there = Interfaces.freeUdpPort();
        add(UDP, "wire-a", udp(here, there, "main"));
        interfaces.awaitUp("wire-a");
        add(UDP, "wire-b", udp(there, here, NETWORK));

        assertTrue(refusal("wire-b").message().contains("wire-a"));
        part(Router.class, "main");
        assertUnknown("main", devPeer);
    }

    // ---- coming and going ----

    @Test
    public void theFileOfANetworkComesAndGoesWhileTheOtherCarriesTraffic() throws Exception {
        Router main = part(Router.class, "main");
        Map<String, Object> mainParts = parts("main");
        Object identity = part(IdentityStore.class, NETWORK).node().hash();
        MeshInterface wire = interfaces.find(WIRE).orElseThrow();

        for (int round = 0; round < 3; round++) {
            Files.delete(file);
            Node.await("the network is gone", () -> parts(NETWORK).isEmpty());
            assertSame("its interface stays", wire, interfaces.find(WIRE).orElseThrow());
            Node.await(
                    "the interface waits",
                    () -> findings("networks").stream()
                            .anyMatch(finding -> finding.message().contains("waits for the network " + NETWORK)));

            writeFile("# round " + round + "\n");
            awaitNetwork();
            assertEquals(
                    "it is who it was",
                    identity,
                    part(IdentityStore.class, NETWORK).node().hash());
            assertEquals(devPeer, heard(inDev, NETWORK));
            inMain.awaitAnswers(5);
        }

        assertSame(main, part(Router.class, "main"));
        assertEquals(mainParts, parts("main"));
        inMain.everyQuestionIsAnswered();
    }

    @Test
    public void aFileWhoseNameIsNoneMakesNothingAndIsTold() throws Exception {
        Path bad = file.resolveSibling("io.kairos.network-Not.One.cfg");
        Files.writeString(bad, "");
        try {
            Node.await(
                    "it is told",
                    () -> findings("networks").stream()
                            .anyMatch(finding -> finding.message().contains("Not.One")));
            assertEquals(2, context.getServiceReferences(Router.class, null).size());
            assertEquals(2, context.getServiceReferences(Endpoints.class, null).size());
        } finally {
            Files.delete(bad);
        }
    }

    /** One file holds what three have for main: a key that is added to one of them is added there too. */
    @Test
    public void theFileOfANetworkHasTheSettingsOfAllParts() throws Exception {
        Set<String> parts = new TreeSet<>();
        parts.addAll(keys("io.kairos.core.router", "RouterConfig"));
        parts.addAll(keys("io.kairos.core.link", "LinkConfig"));
        parts.addAll(keys("io.kairos.core.management", "ManagementConfig"));

        assertEquals(parts, keys("io.kairos.core.identity", "NetworkConfig"));
    }

    private Set<String> keys(String bundle, String form) throws Exception {
        URL declared = new Node(context).bundle(bundle).getEntry("OSGI-INF/metatype/" + bundle + "." + form + ".xml");
        Set<String> keys = new TreeSet<>();
        try (InputStream in = declared.openStream()) {
            Matcher ids = KEY.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (ids.find()) {
                keys.add(ids.group(1));
            }
        }
        assertFalse(keys.isEmpty());
        return keys;
    }
}
