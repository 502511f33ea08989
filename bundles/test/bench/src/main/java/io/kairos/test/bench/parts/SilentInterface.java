package io.kairos.test.bench.parts;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.nio.ByteBuffer;
import java.util.Map;

/** An interface that only counts what is sent, with the limits for new announces open. */
public final class SilentInterface implements MeshInterface {

    private static final InterfacePolicy POLICY = InterfacePolicy.parse(Map.of("ingress.control", "false"), 16);

    private final String name;
    private PacketSink sink;
    private long sent;

    public SilentInterface(String name) {
        this.name = name;
    }

    public void receive(byte[] packet) {
        sink.received(ByteBuffer.wrap(packet));
        sink.endOfBurst();
    }

    public PacketSink sink() {
        return sink;
    }

    public long sent() {
        return sent;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "silent";
    }

    @Override
    public String description() {
        return name;
    }

    @Override
    public void attach(PacketSink to) {
        sink = to;
    }

    @Override
    public void detach() {
        sink = null;
    }

    @Override
    public InterfaceStatus status() {
        return InterfaceStatus.of(InterfaceState.UP);
    }

    @Override
    public LinkBudget budget() {
        return LinkBudget.automatic(10_000_000);
    }

    @Override
    public InterfacePolicy policy() {
        return POLICY;
    }

    @Override
    public InterfaceCounters counters() {
        return new InterfaceCounters(0, 0, sent, 0, 0, 0, 0);
    }

    @Override
    public void send(ByteBuffer packet) {
        sent++;
    }

    @Override
    public void close() {
        sink = null;
    }
}
