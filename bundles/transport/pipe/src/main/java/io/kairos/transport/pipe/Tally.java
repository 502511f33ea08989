package io.kairos.transport.pipe;

import io.kairos.api.transport.InterfaceCounters;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one interface while they count. Threads: any. */
final class Tally {

    private final LongAdder receivedPackets = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sentPackets = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder droppedOutgoing = new LongAdder();
    private final LongAdder droppedIncoming = new LongAdder();
    private final LongAdder malformed = new LongAdder();

    void received(int bytes) {
        receivedPackets.increment();
        receivedBytes.add(bytes);
    }

    void sent(int bytes) {
        sentPackets.increment();
        sentBytes.add(bytes);
    }

    void droppedOutgoing() {
        droppedOutgoing.increment();
    }

    void droppedIncoming() {
        droppedIncoming.increment();
    }

    void malformed() {
        malformed.increment();
    }

    InterfaceCounters read() {
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
