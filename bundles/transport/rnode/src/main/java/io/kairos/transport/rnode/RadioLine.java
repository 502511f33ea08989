package io.kairos.transport.rnode;

import io.kairos.api.transport.Signal;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One of several radios of a device. The device's reading thread puts packets in, the radio's own takes them out, so that
 * each radio has a core thread of its own.
 */
final class RadioLine implements Line {

    private static final int MOST_WAITING = 256; // more than a radio hears in a minute

    @SuppressWarnings("ArrayRecordComponent") // never compared by content
    private record Heard(byte[] packet, Signal signal) {}

    private final Device device;
    private final int radio;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // ---- guarded by lock ----
    private final Deque<Heard> waiting = new ArrayDeque<>();
    private boolean closed;

    RadioLine(Device device, int radio) {
        this.device = device;
        this.radio = radio;
    }

    int radio() {
        return radio;
    }

    /** Takes a copy of what the device has heard; false where the core is too slow. */
    boolean heard(ByteBuffer packet, Signal signal) {
        byte[] copy = new byte[packet.remaining()];
        packet.get(packet.position(), copy);
        lock.lock();
        try {
            if (closed || waiting.size() == MOST_WAITING) {
                return false;
            }
            waiting.add(new Heard(copy, signal));
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run(LineEvents events) throws InterruptedException {
        events.up("");
        for (Heard next = take(events); next != null; next = take(events)) {
            events.packet(ByteBuffer.wrap(next.packet()), next.signal());
        }
    }

    private Heard take(LineEvents events) throws InterruptedException {
        Heard next = poll();
        if (next != null) {
            return next;
        }
        events.endOfBurst();
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            return closed ? null : waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    private Heard poll() {
        lock.lock();
        try {
            return closed ? null : waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return device.offer(radio, packet);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
