package io.kairos.test.contract;

import io.kairos.api.transport.MeshInterface;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** One end of the conversation: an interface, the recording core on it, and whichever of its children carries packets. */
public final class Station implements AutoCloseable {

    private final MeshInterface opened;
    private final boolean hasChildren;
    private final Duration patience;
    private RecordingSink sink = new RecordingSink();

    Station(MeshInterface opened, boolean hasChildren, Duration patience) {
        this.opened = opened;
        this.hasChildren = hasChildren;
        this.patience = patience;
    }

    /** The interface as its operator configured it. */
    public MeshInterface opened() {
        return opened;
    }

    /** The sink on {@link #opened}. */
    public RecordingSink sink() {
        return sink;
    }

    /** Attaches a new sink and forgets the old one. */
    public RecordingSink attach() {
        sink = new RecordingSink();
        opened.attach(sink);
        return sink;
    }

    /** Waits until packets can be sent. */
    public void awaitReady() {
        Await.until(
                opened.description() + " is ready, it is " + opened.status(),
                patience,
                () -> opened.status().isUp()
                        && (!hasChildren || !sink.children().isEmpty()));
    }

    /** What packets are sent on: the interface or its first child. */
    public MeshInterface carrier() {
        awaitReady();
        return hasChildren ? sink.children().keySet().iterator().next() : opened;
    }

    /** Where packets arrive: the sink of the interface or of its first child. */
    public RecordingSink inbox() {
        awaitReady();
        return hasChildren ? sink.children().values().iterator().next() : sink;
    }

    /** Sends each packet from one and the same buffer, which is scribbled over as soon as {@code send} has returned. */
    public void send(byte[]... packets) {
        MeshInterface carrier = carrier();
        for (byte[] packet : packets) {
            ByteBuffer lent = ByteBuffer.wrap(packet.clone());
            carrier.send(lent);
            ThreadLocalRandom.current().nextBytes(lent.array());
        }
        carrier.flush();
    }

    @Override
    public void close() {
        sink.resume();
        opened.close();
    }
}
