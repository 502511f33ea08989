package io.kairos.core.discovery;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Offer;
import io.kairos.api.transport.PacketSink;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An interface that carries nothing. */
final class FakeMedium implements MeshInterface {

    private final String name;
    private final InterfacePolicy policy;
    private final Set<Endpoint> endpoints;
    boolean up = true;
    Optional<Offer> offer = Optional.of(new Offer("BackboneInterface", Map.of("port", 4242L)));

    FakeMedium(String name, Map<String, String> settings, Endpoint... endpoints) {
        this.name = name;
        this.policy = InterfacePolicy.parse(settings, 16);
        this.endpoints = Set.of(endpoints);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "fake";
    }

    @Override
    public String description() {
        return "Fake[" + name + "]";
    }

    @Override
    public void attach(PacketSink sink) {}

    @Override
    public void detach() {}

    @Override
    public InterfaceStatus status() {
        return up
                ? InterfaceStatus.of(InterfaceState.UP)
                : InterfaceStatus.down(new Failure(Failure.Kind.NETWORK, "The line is cut", "Wait."));
    }

    @Override
    public LinkBudget budget() {
        return LinkBudget.automatic(1_000_000);
    }

    @Override
    public Set<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public Optional<Offer> offer() {
        return offer;
    }

    @Override
    public InterfacePolicy policy() {
        return policy;
    }

    @Override
    public InterfaceCounters counters() {
        return new InterfaceCounters(0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void send(ByteBuffer packet) {}

    @Override
    public void close() {}
}
