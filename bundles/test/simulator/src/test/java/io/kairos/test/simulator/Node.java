package io.kairos.test.simulator;

import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.Router;
import io.kairos.core.link.EndpointsCore;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.link.RouterDoor;
import io.kairos.core.link.Slot;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.Workers;
import io.kairos.core.router.Collaborators;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.RouterCore;
import io.kairos.core.router.RouterSettings;
import io.kairos.routing.reticulum.FewestHops;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.PipedInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;

/** Router and endpoints of one node. Everything runs on the thread that lets time pass. */
final class Node {

    static final String NAME = "kairos.simulated";

    final String name;
    final Keys identity;
    final RouterCore core;
    final EndpointsCore endpoints;
    final LocalDestination destination;
    final List<byte[]> received = new ArrayList<>();
    final List<PipedInterface> interfaces = new ArrayList<>();

    Node(String name, ManualClock clock, RouterSettings settings, Path spool, long seed) {
        this.name = name;
        identity = new Keys(name);
        Random random = new Random(seed ^ name.hashCode());
        MemoryStore store = new MemoryStore();
        Executor later = task -> clock.after(Duration.ZERO, task);
        core = new RouterCore(
                settings,
                new Collaborators(
                        clock,
                        clock,
                        () -> Optional.of(Keys.SUITE),
                        () -> Optional.of(new FewestHops()),
                        List::of,
                        store,
                        identity,
                        Runnable::run,
                        later,
                        1,
                        Runnable::run,
                        random));
        core.start();
        RouterDoor door = new RouterDoor();
        door.bind(core.packetRouter());
        endpoints = new EndpointsCore(new Surroundings(
                clock,
                clock,
                door,
                Slot.of(Keys.SUITE),
                Slot.of(core.knownDestinations()),
                Slot.of(store),
                new Workers(later, later),
                random::nextBytes,
                spool,
                LinkSettings.DEFAULT));
        destination = endpoints.open(DestinationSettings.single(NAME, identity).withProofs(ProofStrategy.ALL));
        destination.onPacket((data, reception) -> received.add(data));
    }

    DestinationHash address() {
        return destination.address();
    }

    void announce() {
        destination.announce(Optional.empty());
    }

    void attach(PipedInterface end) {
        interfaces.add(end);
        core.attach(end);
    }

    boolean knowsPath(Node other) {
        return core.packetRouter().nextHop(other.address()).isPresent();
    }

    int hops(Node other) {
        return core.packetRouter().nextHop(other.address()).orElseThrow().hops();
    }

    long refused(Refusal why) {
        return core.router().refusals().getOrDefault(why.word(), 0L);
    }

    Router.InterfaceView view(PipedInterface end) {
        return core.router().interfaces().stream()
                .filter(view -> view.name().equals(end.name()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return name;
    }
}
