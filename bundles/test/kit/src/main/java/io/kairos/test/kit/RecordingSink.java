package io.kairos.test.kit;

import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes down what an interface hands over, and fails where two threads call {@link #received} at the same time. Any
 * thread may look.
 */
public final class RecordingSink implements PacketSink {

    private final AtomicBoolean receiving = new AtomicBoolean();

    // ---- guarded by this ----
    private final List<byte[]> packets = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private final Map<MeshInterface, RecordingSink> children = new LinkedHashMap<>();
    private int bursts;
    private int changes;
    private int vanished;
    private boolean overlapped;

    @Override
    public void received(ByteBuffer packet) {
        record(packet, null);
    }

    @Override
    public void received(ByteBuffer packet, Signal signal) {
        record(packet, signal);
    }

    @Override
    public synchronized void endOfBurst() {
        bursts++;
    }

    @Override
    public synchronized void changed() {
        changes++;
    }

    @Override
    public synchronized PacketSink appeared(MeshInterface child) {
        RecordingSink sink = new RecordingSink();
        children.put(child, sink);
        return sink;
    }

    @Override
    public synchronized void vanished(MeshInterface child) {
        children.remove(child);
        vanished++;
    }

    /** Copies of the packets so far, in the order of arrival. */
    public synchronized List<byte[]> packets() {
        requireNoOverlap();
        return List.copyOf(packets);
    }

    /** Waits until at least {@code count} packets have arrived and returns all of them. */
    public List<byte[]> awaitPackets(int count) {
        WaitFor.condition(count + " packets", () -> packets().size() >= count);
        return packets();
    }

    /** What was told about how well packets were heard. */
    public synchronized List<Signal> signals() {
        return List.copyOf(signals);
    }

    public synchronized int bursts() {
        return bursts;
    }

    public synchronized int changes() {
        return changes;
    }

    /** Neighbours that are there now. */
    public synchronized List<MeshInterface> children() {
        return List.copyOf(children.keySet());
    }

    /** What a neighbour that is there handed over. */
    public synchronized Optional<RecordingSink> childSink(MeshInterface child) {
        return Optional.ofNullable(children.get(child));
    }

    /** How many neighbours have gone. */
    public synchronized int vanishedChildren() {
        return vanished;
    }

    /** Forgets packets and counts, not the neighbours. */
    public synchronized void clear() {
        packets.clear();
        signals.clear();
        bursts = 0;
        changes = 0;
    }

    private void record(ByteBuffer packet, Signal signal) {
        boolean alone = receiving.compareAndSet(false, true);
        try {
            byte[] copy = new byte[packet.remaining()];
            packet.get(copy);
            synchronized (this) {
                overlapped |= !alone;
                packets.add(copy);
                if (signal != null) {
                    signals.add(signal);
                }
            }
        } finally {
            if (alone) {
                receiving.set(false);
            }
        }
    }

    private void requireNoOverlap() {
        if (overlapped) {
            throw new AssertionError("two threads handed over packets of one interface at the same time");
        }
    }
}
