package io.kairos.transport.i2p;

import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * An I2P interface with one peer that it calls, seen as if that peer were the interface: the contract speaks to whoever
 * carries packets.
 */
final class CalledPeer implements MeshInterface {

    private final I2pInterface parent;
    private volatile MeshInterface child;

    CalledPeer(I2pInterface parent) {
        this.parent = parent;
    }

    private MeshInterface carrier() {
        MeshInterface now = child;
        return now == null ? parent : now;
    }

    @Override
    public String name() {
        return parent.name();
    }

    @Override
    public String kind() {
        return parent.kind();
    }

    @Override
    public String description() {
        return parent.description();
    }

    @Override
    public void attach(PacketSink core) {
        parent.attach(new PacketSink() {
            @Override
            public void received(ByteBuffer packet) {
                throw new AssertionError("the parent carries nothing");
            }

            @Override
            public void received(ByteBuffer packet, Signal signal) {
                throw new AssertionError("the parent carries nothing");
            }

            @Override
            public void endOfBurst() {
                throw new AssertionError("the parent carries nothing");
            }

            @Override
            public void changed() {
                core.changed();
            }

            @Override
            public PacketSink appeared(MeshInterface peer) {
                child = peer;
                return core;
            }

            @Override
            public void vanished(MeshInterface peer) {
                child = null;
            }
        });
    }

    @Override
    public void detach() {
        parent.detach();
    }

    @Override
    public InterfaceStatus status() {
        return parent.status().isUp() ? carrier().status() : parent.status();
    }

    @Override
    public LinkBudget budget() {
        return parent.budget();
    }

    @Override
    public Set<Endpoint> endpoints() {
        return parent.endpoints();
    }

    @Override
    public InterfacePolicy policy() {
        return parent.policy();
    }

    @Override
    public InterfaceCounters counters() {
        return parent.counters();
    }

    @Override
    public void send(ByteBuffer packet) {
        carrier().send(packet);
    }

    @Override
    public void flush() {
        carrier().flush();
    }

    @Override
    public void close() {
        parent.close();
    }
}
