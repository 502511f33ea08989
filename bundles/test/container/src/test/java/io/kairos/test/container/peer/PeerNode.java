package io.kairos.test.container.peer;

import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.routing.Router;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.core.clock.SystemClock;
import io.kairos.core.link.EndpointsCore;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.link.RouterDoor;
import io.kairos.core.link.Slot;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.Workers;
import io.kairos.core.router.Collaborators;
import io.kairos.core.router.RouterCore;
import io.kairos.core.router.RouterSettings;
import io.kairos.routing.reticulum.FewestHops;
import io.kairos.test.kit.MemoryStore;
import io.kairos.transport.tcp.TcpServerConfig;
import io.kairos.transport.tcp.TcpServerInterface;
import io.kairos.transport.udp.UdpConfig;
import io.kairos.transport.udp.UdpInterface;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The parts of a node that one neighbour needs, put together without a container. */
final class PeerNode {

    static final String NAME = "kairos.peer";
    static final String ECHO = "/echo";

    private static final long HEAP_BYTES = 64L << 20;

    private final EndpointsCore endpoints;
    private final LocalDestination destination;

    private final Router router;

    /** @param medium what its only interface is made with, once there is time */
    PeerNode(BiFunction<Clock, Timers, MeshInterface> medium, Path spool) {
        SystemClock clock = new SystemClock();
        MemoryStore store = new MemoryStore();
        SecureRandom random = new SecureRandom();
        PeerKeys keys = new PeerKeys(random);
        RouterCore core = new RouterCore(
                RouterSettings.defaults(HEAP_BYTES),
                new Collaborators(
                        clock,
                        clock,
                        () -> Optional.of(PeerKeys.SUITE),
                        () -> Optional.of(new FewestHops()),
                        List::of,
                        store,
                        keys,
                        Executors.newSingleThreadExecutor(),
                        Executors.newSingleThreadExecutor(),
                        1,
                        Executors.newSingleThreadExecutor(),
                        random));
        core.start();
        RouterDoor door = new RouterDoor();
        door.bind(core.packetRouter());
        endpoints = new EndpointsCore(new Surroundings(
                clock,
                clock,
                door,
                Slot.of(PeerKeys.SUITE),
                Slot.of(core.knownDestinations()),
                Slot.of(store),
                Workers.start(),
                random::nextBytes,
                spool,
                LinkSettings.DEFAULT));
        destination = endpoints.open(DestinationSettings.single(NAME, keys).withProofs(ProofStrategy.ALL));
        destination.onLink(link -> link.acceptResources(offer -> Link.Decision.ACCEPT));
        destination.onRequest(
                ECHO, LocalDestination.Access.EVERYBODY, Set.of(), request -> String.valueOf(request.data()));
        router = core.router();
        core.attach(medium.apply(clock, clock));
    }

    /** Sends to one port of this machine. */
    static MeshInterface udp(int listenPort, int forwardPort, Clock clock, Timers timers) {
        UdpConfig config = settings(
                UdpConfig.class,
                Map.of(
                        "interface_name", "wire",
                        "listen_host", "127.0.0.1",
                        "listen_port", listenPort,
                        "forward_host", "127.0.0.1",
                        "forward_port", forwardPort));
        return new UdpInterface(config, Map.of(), clock, timers);
    }

    /** Waits for connections, also for many in a short time. */
    static MeshInterface tcp(int port, Clock clock, Timers timers) {
        TcpServerConfig config = settings(
                TcpServerConfig.class,
                Map.of(
                        "interface_name",
                        "wire",
                        "listen_host",
                        "127.0.0.1",
                        "listen_port",
                        port,
                        "fast_flapping_block",
                        false));
        return new TcpServerInterface(config, Map.of(), clock, timers);
    }

    /** Its connections by name; a connection that was made anew has another one. */
    String connections() {
        return router.interfaces().stream()
                .filter(view -> view.parent().isPresent())
                .map(Router.InterfaceView::name)
                .sorted()
                .collect(Collectors.joining(","));
    }

    Endpoints endpoints() {
        return endpoints;
    }

    LocalDestination destination() {
        return destination;
    }

    private static <T> T settings(Class<T> type, Map<String, Object> given) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, key, arguments) -> given.getOrDefault(key.getName(), key.getDefaultValue())));
    }
}
