package io.kairos.test.container.peer;

import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
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
import io.kairos.transport.udp.UdpConfig;
import io.kairos.transport.udp.UdpInterface;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The parts of a node that one neighbour needs, put together without a container. */
final class PeerNode {

    static final String NAME = "kairos.peer";

    private static final long HEAP_BYTES = 64L << 20;

    private final EndpointsCore endpoints;
    private final LocalDestination destination;

    PeerNode(int listenPort, int forwardPort, Path spool) {
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
        core.attach(udp(listenPort, forwardPort, clock));
    }

    Endpoints endpoints() {
        return endpoints;
    }

    LocalDestination destination() {
        return destination;
    }

    private static UdpInterface udp(int listenPort, int forwardPort, SystemClock clock) {
        Map<String, Object> settings = Map.of(
                "interface_name", "wire",
                "listen_host", "127.0.0.1",
                "listen_port", listenPort,
                "forward_host", "127.0.0.1",
                "forward_port", forwardPort);
        UdpConfig config = (UdpConfig) Proxy.newProxyInstance(
                UdpConfig.class.getClassLoader(),
                new Class<?>[] {UdpConfig.class},
                (proxy, key, arguments) -> settings.getOrDefault(key.getName(), key.getDefaultValue()));
        return new UdpInterface(config, Map.of(), clock);
    }
}
