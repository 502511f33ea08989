package io.kairos.api.transport;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what {@link InterfaceCounters} tells, for transports that do not want to count by themselves. Each count takes no lock
 * and allocates nothing. A reading while others count may hold a packet without its bytes. Threads: any.
 */
public final class InterfaceTally {

    private final LongAdder receivedPackets = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sentPackets = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder droppedOutgoing = new LongAdder();
    private final LongAdder droppedIncoming = new LongAdder();
    private final LongAdder malformed = new LongAdder();

    /** A packet of so many bytes was handed to the core. */
    public void received(int bytes) {
        receivedPackets.increment();
        receivedBytes.add(bytes);
    }

    /** A packet of so many bytes has left or is queued. */
    public void sent(int bytes) {
        sentPackets.increment();
        sentBytes.add(bytes);
    }

    /** A packet was dropped because the interface was down or its queue full. */
    public void droppedOutgoing() {
        droppedOutgoing.increment();
    }

    /** A packet was dropped because no core was attached. */
    public void droppedIncoming() {
        droppedIncoming.increment();
    }

    /** So many frames were no packets. */
    public void malformed(long frames) {
        malformed.add(frames);
    }

    /** Takes over what a connection or neighbour had counted that is gone. */
    public void add(InterfaceCounters ended) {
        receivedPackets.add(ended.receivedPackets());
        receivedBytes.add(ended.receivedBytes());
        sentPackets.add(ended.sentPackets());
        sentBytes.add(ended.sentBytes());
        droppedOutgoing.add(ended.droppedOutgoing());
        droppedIncoming.add(ended.droppedIncoming());
        malformed.add(ended.malformedFrames());
    }

    /** What has been counted until now. */
    public InterfaceCounters read() {
        return new InterfaceCounters(
                receivedPackets.sum(),
                receivedBytes.sum(),
                sentPackets.sum(),
                sentBytes.sum(),
                droppedOutgoing.sum(),
                droppedIncoming.sum(),
                malformed.sum());
    }
}
