package io.kairos.transport.rnode;

import io.kairos.api.time.Clock;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Packets that wait until their radio may send them. Bounded for each radio; what does not fit is refused.
 *
 * <p>Threads: any number may {@link #offer}; one takes.
 */
final class Outbox {

    private static final int MOST_PACKETS = 1_024;

    /** Bytes for the device, and whether they are a packet. */
    record Outgoing(int radio, ByteBuffer bytes, boolean isPacket) {}

    private static final class Lane {
        private final int index;
        private final Transmitter transmitter;
        private final IdBeacon beacon;
        private final Deque<byte[]> packets = new ArrayDeque<>();
        private int bytes;

        Lane(int index, Transmitter transmitter, IdBeacon beacon) {
            this.index = index;
            this.transmitter = transmitter;
            this.beacon = beacon;
        }
    }

    private final Clock clock;
    private final int mostBytes;
    private final boolean selects;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // ---- guarded by lock ----
    private final List<Lane> lanes = new ArrayList<>();
    private boolean closed;

    /**
     * Makes an empty one.
     *
     * @param selects whether each packet is preceded by the choice of its radio
     * @param mostBytes most bytes that wait for each radio
     */
    Outbox(Clock clock, boolean selects, int mostBytes) {
        this.clock = clock;
        this.selects = selects;
        this.mostBytes = mostBytes;
    }

    /** Opens a radio; before that its packets are refused. */
    void open(int radio, Transmitter transmitter, IdBeacon beacon) {
        lock.lock();
        try {
            lanes.add(new Lane(radio, transmitter, beacon));
        } finally {
            lock.unlock();
        }
    }

    /** Takes a copy of a packet; false where the radio is not open or its queue is full. */
    boolean offer(int radio, ByteBuffer packet) {
        lock.lock();
        try {
            Lane lane = lane(radio);
            int length = packet.remaining();
            if (closed || lane == null || lane.bytes + length > mostBytes || lane.packets.size() == MOST_PACKETS) {
                return false;
            }
            byte[] copy = new byte[length];
            packet.get(packet.position(), copy);
            lane.packets.add(copy);
            lane.bytes += length;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A radio is ready for the next packet, or full. */
    void ready(int radio, boolean isReady) {
        lock.lock();
        try {
            Lane lane = lane(radio);
            if (lane != null) {
                lane.transmitter.ready(isReady, clock.nanos());
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something may be sent; {@code null} once closed. */
    Outgoing take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = clock.nanos();
                long wait = Long.MAX_VALUE;
                for (Lane lane : lanes) {
                    Outgoing next = next(lane, now);
                    if (next != null) {
                        return next;
                    }
                    wait = Math.min(wait, wait(lane, now));
                }
                if (wait == Long.MAX_VALUE) {
                    changed.await();
                } else {
                    changed.awaitNanos(wait);
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The share of the last hour in which a radio has sent. */
    double usedShare(int radio) {
        lock.lock();
        try {
            Lane lane = lane(radio);
            return lane == null ? 0 : lane.transmitter.usedShare(clock.nanos());
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits and lets the taker go. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What may leave now: a question about flow, a callsign that is due, a packet; {@code null}: nothing. */
    private Outgoing next(Lane lane, long now) {
        Transmitter transmitter = lane.transmitter;
        if (transmitter.nanosUntilQuestion(now) == 0) {
            transmitter.asked();
            return outgoing(lane, Frames.command(Commands.READY, 0), false);
        }
        byte[] callsign = lane.beacon.bytes();
        if (lane.beacon.nanosUntilDue(now) == 0 && transmitter.nanosUntil(callsign.length, now) == 0) {
            lane.beacon.sent();
            transmitter.sent(callsign.length, now);
            return outgoing(lane, Frames.packet(callsign), true);
        }
        byte[] packet = lane.packets.peek();
        if (packet == null || transmitter.nanosUntil(packet.length, now) > 0) {
            return null;
        }
        lane.packets.poll();
        lane.bytes -= packet.length;
        transmitter.sent(packet.length, now);
        lane.beacon.packet(now);
        return outgoing(lane, Frames.packet(packet), true);
    }

    private static long wait(Lane lane, long now) {
        long wait = lane.transmitter.nanosUntilQuestion(now);
        long due = lane.beacon.nanosUntilDue(now);
        if (due < Long.MAX_VALUE) {
            wait = Math.min(wait, Math.max(due, lane.transmitter.nanosUntil(lane.beacon.bytes().length, now)));
        }
        byte[] packet = lane.packets.peek();
        return packet == null ? wait : Math.min(wait, lane.transmitter.nanosUntil(packet.length, now));
    }

    private Outgoing outgoing(Lane lane, byte[] frame, boolean isPacket) {
        byte[] bytes = selects ? Frames.join(Frames.select(lane.index), frame) : frame;
        return new Outgoing(lane.index, ByteBuffer.wrap(bytes), isPacket);
    }

    private Lane lane(int radio) {
        for (Lane lane : lanes) {
            if (lane.index == radio) {
                return lane;
            }
        }
        return null;
    }
}
