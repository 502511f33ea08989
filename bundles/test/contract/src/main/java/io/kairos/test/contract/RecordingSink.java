package io.kairos.test.contract;

import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A core that writes down what it is given. It copies each packet and then scribbles over the lent buffer, as a core that
 * rewrites headers in place does; a transport that still needs those bytes is found out.
 */
public final class RecordingSink implements PacketSink {

    private final Map<MeshInterface, RecordingSink> children = new ConcurrentHashMap<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger vanished = new AtomicInteger();

    // ---- guarded by this ----
    private final List<byte[]> packets = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private byte[] straggler = {};
    private int openBurst;
    private int bursts;

    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean throwing;

    @Override
    public void received(ByteBuffer packet) {
        if (inside.getAndIncrement() != 0) {
            fault("two threads called the sink at the same time");
        }
        try {
            take(packet);
        } finally {
            inside.decrementAndGet();
        }
        if (throwing) {
            throw new IllegalStateException("thrown by the test: a core with a fault");
        }
    }

    @Override
    public void received(ByteBuffer packet, Signal signal) {
        received(packet);
    }

    @Override
    public void endOfBurst() {
        if (inside.getAndIncrement() != 0) {
            fault("two threads called the sink at the same time");
        }
        synchronized (this) {
            if (openBurst == 0) {
                faults.add("endOfBurst without a packet");
            }
            openBurst = 0;
            bursts++;
        }
        inside.decrementAndGet();
    }

    @Override
    public void changed() {
        changes.incrementAndGet();
    }

    @Override
    public PacketSink appeared(MeshInterface child) {
        RecordingSink sink = new RecordingSink();
        sink.gate = gate;
        if (children.put(child, sink) != null) {
            fault("a child appeared twice");
        }
        return sink;
    }

    @Override
    public void vanished(MeshInterface child) {
        if (children.remove(child) == null) {
            fault("a child vanished that had not appeared");
        }
        vanished.incrementAndGet();
    }

    /** Whoever delivers the next packet, also to children that appear from now on, waits until {@link #resume}. */
    public void pause() {
        gate = new CountDownLatch(1);
        children.values().forEach(child -> child.gate = gate);
    }

    public void resume() {
        gate.countDown();
    }

    /** From now on every call with a packet ends in an exception. */
    public void throwFromNowOn(boolean yes) {
        throwing = yes;
        children.values().forEach(child -> child.throwing = yes);
    }

    /** Does not write {@code packet} down if it still arrives: it was under way when the test began to count. */
    public synchronized void ignore(byte[] packet) {
        straggler = packet.clone();
    }

    public synchronized List<byte[]> packets() {
        return List.copyOf(packets);
    }

    public synchronized int count() {
        return packets.size();
    }

    public synchronized int bursts() {
        return bursts;
    }

    /** Whether all packets so far belong to bursts that were closed. */
    public synchronized boolean isBurstClosed() {
        return openBurst == 0;
    }

    public int changes() {
        return changes.get();
    }

    public int vanished() {
        return vanished.get();
    }

    public Map<MeshInterface, RecordingSink> children() {
        return Map.copyOf(children);
    }

    /** What the transport did against the contract, of this sink and of those of its children. */
    public List<String> faults() {
        List<String> all = new ArrayList<>();
        synchronized (this) {
            all.addAll(faults);
        }
        children.values().forEach(child -> all.addAll(child.faults()));
        return all;
    }

    private void take(ByteBuffer packet) {
        awaitGate();
        if (!packet.hasArray()) {
            fault("the lent buffer has no array");
            return;
        }
        byte[] copy = new byte[packet.remaining()];
        packet.get(packet.position(), copy);
        int from = packet.arrayOffset() + packet.position();
        Arrays.fill(packet.array(), from, from + copy.length, (byte) 0x7E);
        packet.clear();
        synchronized (this) {
            if (!Arrays.equals(copy, straggler)) {
                packets.add(copy);
            }
            openBurst++;
        }
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void fault(String what) {
        faults.add(what);
    }
}
