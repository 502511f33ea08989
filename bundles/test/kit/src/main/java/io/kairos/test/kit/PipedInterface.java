package io.kairos.test.kit;

import io.kairos.api.failure.Failure;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/**
 * One of two interfaces that are wired back to back in memory. What one sends the other receives, after the delay and with
 * the losses of a {@link PipeLine}, decided by a random source with a seed. Every delivery is a task of the timers, also
 * without delay: with a {@link ManualClock} nothing arrives before the test lets time pass.
 *
 * <p>Strict where a medium may be: a packet that is larger than the budget allows is an error of the sender and thrown.
 */
public final class PipedInterface implements MeshInterface {

    /** Two ends of one line. */
    public record Pair(PipedInterface left, PipedInterface right) implements AutoCloseable {

        /** The same conditions in both directions. */
        public Pair line(PipeLine line) {
            left.line(line);
            right.line(line);
            return this;
        }

        /** Switches both ends. */
        public void up(boolean isUp) {
            left.up(isUp);
            right.up(isUp);
        }

        @Override
        public void close() {
            left.close();
            right.close();
        }
    }

    private static final Failure SWITCHED_OFF =
            new Failure(Failure.Kind.NETWORK, "The test has cut the line", "Wait for the test.");

    private final String name;
    private final Timers timers;
    private final Random random;
    private final Object delivery = new Object(); // one call of the sink at a time
    private PipedInterface peer; // set once, by pair()

    // ---- guarded by this ----
    private final Queue<byte[]> underWay = new ArrayDeque<>(); // towards this end
    private final List<PipedInterface> children = new ArrayList<>();
    private PacketSink sink;
    private PipeLine line = PipeLine.PERFECT;
    private InterfaceStatus status = InterfaceStatus.of(InterfaceState.UP);
    private LinkBudget budget = LinkBudget.automatic(10_000_000);
    private InterfacePolicy policy = InterfacePolicy.DEFAULT;
    private InterfaceCounters counters = InterfaceCounters.NONE;

    private PipedInterface(String name, Timers timers, long seed) {
        this.name = name;
        this.timers = timers;
        this.random = new Random(seed);
    }

    /**
     * Makes both ends, up, on a perfect line.
     *
     * @param timers when packets arrive
     * @param seed decides losses; print it where a test draws it
     */
    public static Pair pair(String left, String right, Timers timers, long seed) {
        Pair pair = new Pair(new PipedInterface(left, timers, seed), new PipedInterface(right, timers, seed + 1));
        pair.left.peer = pair.right;
        pair.right.peer = pair.left;
        return pair;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "piped";
    }

    @Override
    public String description() {
        return "PipedInterface[" + name + "]";
    }

    /** The other end. */
    public PipedInterface peer() {
        return peer;
    }

    /** What happens to packets that this end sends from now on. */
    public synchronized void line(PipeLine value) {
        line = value;
    }

    /** Cuts or mends this end; packets on their way to it are lost when it is cut. */
    public void up(boolean isUp) {
        synchronized (this) {
            if (status.state() == InterfaceState.CLOSED) {
                throw new IllegalStateException(name + " is closed");
            }
            status = isUp ? InterfaceStatus.of(InterfaceState.UP) : InterfaceStatus.down(SWITCHED_OFF);
            if (!isUp) {
                underWay.clear();
            }
        }
        tellChange();
    }

    public void budget(LinkBudget value) {
        synchronized (this) {
            budget = value;
        }
        tellChange();
    }

    public void policy(InterfacePolicy value) {
        synchronized (this) {
            policy = value;
        }
        tellChange();
    }

    /** Makes {@code child} a neighbour of this interface, which thereby acts like a server socket. */
    public void appear(PipedInterface child) {
        PacketSink current;
        synchronized (this) {
            children.add(child);
            current = sink;
        }
        if (current != null) {
            child.attach(current.appeared(child));
        }
    }

    /** The neighbour is gone. */
    public void vanish(PipedInterface child) {
        PacketSink current;
        synchronized (this) {
            children.remove(child);
            current = sink;
        }
        child.detach();
        if (current != null) {
            current.vanished(child);
        }
    }

    @Override
    public void attach(PacketSink newSink) {
        List<PipedInterface> present;
        synchronized (this) {
            sink = newSink;
            present = List.copyOf(children);
        }
        present.forEach(child -> child.attach(newSink.appeared(child)));
    }

    @Override
    public void detach() {
        synchronized (this) {
            sink = null;
        }
        synchronized (delivery) {
            // A delivery under way ends before detach returns: afterwards the old sink is silent.
        }
    }

    @Override
    public synchronized InterfaceStatus status() {
        return status;
    }

    @Override
    public synchronized LinkBudget budget() {
        return budget;
    }

    @Override
    public synchronized InterfacePolicy policy() {
        return policy;
    }

    @Override
    public synchronized InterfaceCounters counters() {
        return counters;
    }

    @Override
    public void send(ByteBuffer packet) {
        byte[] copy = new byte[packet.remaining()];
        packet.duplicate().get(copy);
        PipeLine conditions;
        boolean lost;
        boolean twice;
        boolean heldBack;
        synchronized (this) {
            requireSize(copy.length);
            if (!status.isUp()) {
                counters = plus(0, 0, 1, 0);
                return;
            }
            counters = plus(0, copy.length, 0, 0);
            conditions = line;
            lost = random.nextDouble() < line.loss();
            twice = random.nextDouble() < line.duplication();
            heldBack = random.nextDouble() < line.reordering();
        }
        if (lost) {
            return;
        }
        if (heldBack) {
            timers.after(conditions.delay().plus(conditions.holdBack()), () -> peer.deliver(copy, null));
        } else {
            peer.enqueue(copy, conditions);
        }
        if (twice) {
            peer.enqueue(copy, conditions);
        }
    }

    /** Hands a packet to the sink at once, on this thread, as if the peer had sent it; drops it while down. */
    public void receive(byte[] packet) {
        deliver(packet.clone(), null);
    }

    /** The same with a word on how well it was heard. */
    public void receive(byte[] packet, Signal signal) {
        deliver(packet.clone(), signal);
    }

    @Override
    public void close() {
        synchronized (this) {
            status = InterfaceStatus.of(InterfaceState.CLOSED);
            underWay.clear();
        }
        detach();
    }

    @Override
    public String toString() {
        return description();
    }

    /** Packets that are not held back arrive in order, also when the timers have several threads. */
    private void enqueue(byte[] packet, PipeLine conditions) {
        synchronized (this) {
            underWay.add(packet);
        }
        timers.after(conditions.delay(), this::deliverNext);
    }

    private void deliverNext() {
        synchronized (delivery) {
            byte[] next;
            synchronized (this) {
                next = underWay.poll();
            }
            if (next != null) {
                deliver(next, null);
            }
        }
    }

    private void deliver(byte[] packet, Signal signal) {
        synchronized (delivery) {
            PacketSink current;
            synchronized (this) {
                if (!status.isUp()) {
                    return;
                }
                current = sink;
                counters = current == null ? plus(0, 0, 0, 1) : plus(packet.length, 0, 0, 0);
            }
            if (current == null) {
                return;
            }
            ByteBuffer lent = ByteBuffer.wrap(packet.clone());
            if (signal == null) {
                current.received(lent);
            } else {
                current.received(lent, signal);
            }
            current.endOfBurst();
        }
    }

    private void tellChange() {
        PacketSink current;
        synchronized (this) {
            current = sink;
        }
        if (current != null) {
            current.changed();
        }
    }

    private void requireSize(int length) {
        int code = policy.accessCode().map(access -> access.sizeBytes()).orElse(0);
        if (budget.packetBytes() > 0 && length > budget.packetBytes() + code) {
            throw new IllegalArgumentException("%d bytes sent on %s, which takes %d and %d of access code"
                    .formatted(length, name, budget.packetBytes(), code));
        }
    }

    private InterfaceCounters plus(int receivedBytes, int sentBytes, int droppedOutgoing, int droppedIncoming) {
        return new InterfaceCounters(
                counters.receivedPackets() + (receivedBytes > 0 ? 1 : 0),
                counters.receivedBytes() + receivedBytes,
                counters.sentPackets() + (sentBytes > 0 ? 1 : 0),
                counters.sentBytes() + sentBytes,
                counters.droppedOutgoing() + droppedOutgoing,
                counters.droppedIncoming() + droppedIncoming,
                counters.malformedFrames());
    }
}
