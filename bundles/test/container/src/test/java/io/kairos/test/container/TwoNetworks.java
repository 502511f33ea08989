package io.kairos.test.container;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.link.Endpoints;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.InterfaceState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.junit.After;
import org.junit.Before;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Two networks in one container, each with a neighbour, and what tests ask about them. */
abstract class TwoNetworks {

    static final String NETWORK = "dev";
    static final String WIRE = "dev-udp";
    static final String UDP = "io.kairos.transport.udp";
    static final String TCP = "io.kairos.transport.tcp";
    static final String LOCAL = "io.kairos.transport.local";
    static final int SILENCE_MILLIS = 1_500;

    @Inject
    BundleContext context;

    @Inject
    ConfigurationAdmin configurations;

    @Inject
    BootFinished booted; // the node has everything it starts with

    private final Set<String> added = new TreeSet<>();
    Path file;
    Interfaces interfaces;
    Neighbour inMain;
    PeerProcess inDev;
    DestinationHash devPeer;

    @Configuration
    public Option[] distribution() {
        return Node.options();
    }

    @Before
    public void twoNetworksWithANeighbourEach() throws Exception {
        file = Path.of(System.getProperty("karaf.etc"), "io.kairos.network-" + NETWORK + ".cfg");
        interfaces = new Interfaces(context, configurations);
        inMain = new Neighbour(new Node(context), interfaces);
        writeFile("");
        awaitNetwork();
        inDev = peerOf(NETWORK, WIRE);
        devPeer = heard(inDev, NETWORK);
    }

    @After
    public void clearUp() throws Exception {
        inDev.close();
        for (String name : added) {
            interfaces.remove(name);
        }
        Files.deleteIfExists(file);
        Node.await("the network is gone", () -> find(Router.class, NETWORK).isEmpty());
        inMain.close();
    }

    // ---- what tests ask ----

    /** What was heard by a listener with these service properties. */
    static final class Heard implements AnnounceListener {

        final Set<DestinationHash> destinations = ConcurrentHashMap.newKeySet();
        ServiceRegistration<AnnounceListener> registration;

        @Override
        public boolean wantsPathResponses() {
            return true;
        }

        @Override
        public void heard(KnownDestination announced, int hops, boolean pathResponse) {
            destinations.add(announced.destination());
        }
    }

    final Heard listen(Map<String, String> properties) {
        Heard heard = new Heard();
        heard.registration = context.registerService(AnnounceListener.class, heard, new Hashtable<>(properties));
        return heard;
    }

    final void writeFile(String text) throws Exception {
        Path draft = Files.createTempFile(file.getParent().getParent(), "network", ".draft");
        Files.writeString(draft, text, StandardCharsets.UTF_8);
        Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    final void awaitNetwork() throws Exception {
        Node.await(
                "the network is there",
                () -> parts(NETWORK).size() == parts("main").size());
    }

    final Map<String, Object> parts(String network) throws InvalidSyntaxException {
        Map<String, Object> parts = new TreeMap<>();
        for (Class<?> part : List.of(
                IdentityStore.class,
                Router.class,
                PacketRouter.class,
                PathTable.class,
                KnownDestinations.class,
                Endpoints.class)) {
            find(part, network).ifPresent(service -> parts.put(part.getSimpleName(), service));
        }
        return parts;
    }

    final PeerProcess peerOf(String network, String wire) throws Exception {
        int here = Interfaces.freeUdpPort();
        int there = Interfaces.freeUdpPort();
        add(UDP, wire, udp(here, there, network));
        interfaces.awaitUp(wire);
        return new PeerProcess(there, here);
    }

    static Map<String, Object> udp(int listen, int forward, String network) {
        return Map.of(
                "listen.host", "127.0.0.1",
                "listen.port", listen,
                "forward.host", "127.0.0.1",
                "forward.port", forward,
                "network", network);
    }

    final DestinationHash heard(PeerProcess peer, String network) throws Exception {
        Set<DestinationHash> address = new HashSet<>();
        Node.await("the neighbour in " + network + " is heard", () -> {
            address.add(peer.announce());
            return part(PathTable.class, network)
                    .find(address.iterator().next())
                    .isPresent();
        });
        return address.iterator().next();
    }

    final void add(String pid, String name, Map<String, ?> settings) throws Exception {
        added.add(name);
        interfaces.add(pid, name, settings);
    }

    final Failure refusal(String name) throws Exception {
        Node.await(
                name + " is refused",
                () -> interfaces
                        .find(name)
                        .filter(medium -> medium.status().state() == InterfaceState.DOWN)
                        .flatMap(medium -> medium.status().failure())
                        .filter(why -> why.kind() == Failure.Kind.POLICY)
                        .isPresent());
        return interfaces.find(name).orElseThrow().status().failure().orElseThrow();
    }

    final List<Finding> findings(String subject) throws InvalidSyntaxException {
        return context.getServiceReferences(HealthCheck.class, null).stream()
                .map(context::getService)
                .filter(check -> check != null && check.subject().equals(subject))
                .flatMap(check -> check.examine().stream())
                .toList();
    }

    final Set<String> interfacesOf(String network) {
        Set<String> names = new TreeSet<>();
        part(Router.class, network).interfaces().stream()
                .filter(view -> view.parent().isEmpty())
                .filter(view -> added.contains(view.name()) || view.name().equals(Neighbour.INTERFACE))
                .forEach(view -> names.add(view.name()));
        return names;
    }

    final void assertUnknown(String network, DestinationHash destination) {
        assertTrue(part(PathTable.class, network).find(destination).isEmpty());
        assertTrue(part(KnownDestinations.class, network).peek(destination).isEmpty());
        assertTrue(part(PacketRouter.class, network).nextHop(destination).isEmpty());
    }

    final boolean requestPath(String network, DestinationHash destination) throws Exception {
        return part(PacketRouter.class, network)
                .requestPath(destination, Duration.ofMillis(SILENCE_MILLIS))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    final void assertNoLink(String network, DestinationHash destination) throws Exception {
        assertThrows(
                ExecutionException.class,
                () -> part(Endpoints.class, network)
                        .connect(destination)
                        .toCompletableFuture()
                        .get(40, TimeUnit.SECONDS));
    }

    static boolean probes(Endpoints endpoints, DestinationHash to) throws InterruptedException, TimeoutException {
        try {
            return endpoints
                    .probe(to, 16, Duration.ofMillis(SILENCE_MILLIS))
                    .toCompletableFuture()
                    .get(40, TimeUnit.SECONDS)
                    .answered();
        } catch (ExecutionException e) { // nothing is known of the destination
            return false;
        }
    }

    final <T> T part(Class<T> type, String network) {
        try {
            return find(type, network)
                    .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " of " + network));
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    final <T> Optional<T> find(Class<T> type, String network) throws InvalidSyntaxException {
        Collection<ServiceReference<T>> found = context.getServiceReferences(type, "(network=" + network + ")");
        return found.stream()
                .map(context::getService)
                .filter(service -> service != null)
                .findFirst();
    }
}
