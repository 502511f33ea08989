package io.kairos.test.conformance;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** An interface without a medium: keeps what is sent, and receives what it is given. Threads: any. */
final class MockInterface implements MeshInterface {

    private final String name;
    private final LinkBudget budget;
    private final InterfacePolicy policy;
    private final Far far;

    // ---- guarded by this ----
    private final Queue<byte[]> sent = new ArrayDeque<>();
    private final List<byte[]> received = new ArrayList<>();
    private InterfaceState state = InterfaceState.UP;
    private PacketSink sink;

    /** Who is at the other end. */
    enum Far {
        NODE,
        /** A program of this machine. */
        PROGRAM,
        /** The shared instance of this machine. */
        SHARED_INSTANCE
    }

    MockInterface(String name, LinkBudget budget, InterfacePolicy policy, Far far) {
        this.name = name;
        this.budget = budget;
        this.policy = policy;
        this.far = far;
    }

    /** An ordinary, fast one. */
    static MockInterface plain(String name) {
        return new MockInterface(name, LinkBudget.automatic(10_000_000), InterfacePolicy.DEFAULT, Far.NODE);
    }

    /** The way to a shared instance. */
    static MockInterface toSharedInstance(String name) {
        return new MockInterface(
                name, LinkBudget.automatic(1_000_000_000), InterfacePolicy.DEFAULT, Far.SHARED_INSTANCE);
    }

    /** A packet arrives. */
    void receive(byte[] packet) {
        PacketSink present;
        synchronized (this) {
            present = sink;
            received.add(packet.clone());
        }
        if (present != null) {
            present.received(ByteBuffer.wrap(packet.clone()));
            present.endOfBurst();
        }
    }

    /** What has arrived. */
    synchronized List<byte[]> received() {
        return List.copyOf(received);
    }

    /** Takes what has been sent since the last call. */
    synchronized List<byte[]> drain() {
        List<byte[]> all = new ArrayList<>(sent);
        sent.clear();
        return all;
    }

    /** What has been sent since the last {@link #drain}. */
    synchronized List<byte[]> peek() {
        return List.copyOf(sent);
    }

    @Override
    public boolean servesLocalProgram() {
        return far == Far.PROGRAM;
    }

    @Override
    public boolean leadsToSharedInstance() {
        return far == Far.SHARED_INSTANCE;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "mock";
    }

    @Override
    public String description() {
        return "MockInterface[" + name + "]";
    }

    @Override
    public synchronized void attach(PacketSink core) {
        sink = core;
    }

    @Override
    public synchronized void detach() {
        sink = null;
    }

    @Override
    public synchronized InterfaceStatus status() {
        return InterfaceStatus.of(state);
    }

    @Override
    public LinkBudget budget() {
        return budget;
    }

    @Override
    public InterfacePolicy policy() {
        return policy;
    }

    @Override
    public InterfaceCounters counters() {
        return InterfaceCounters.NONE;
    }

    @Override
    public synchronized void send(ByteBuffer packet) {
        byte[] copy = new byte[packet.remaining()];
        packet.duplicate().get(copy);
        sent.add(copy);
    }

    @Override
    public synchronized void close() {
        state = InterfaceState.CLOSED;
        sink = null;
    }
}
