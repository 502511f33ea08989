package io.kairos.transport.local;

import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;

/** One program that is connected: a child of the shared instance. */
final class Program implements MeshInterface, ProgramConnection.Owner {

    private final ProgramListener listener;
    private final String name;
    private final ProgramConnection connection;

    private volatile PacketSink sink;
    private volatile boolean up;
    private volatile boolean ended;

    /** The core that was told about this child. Written by the listener's thread. */
    private volatile PacketSink announcedTo;

    /** @param number tells programs apart without saying which they are */
    Program(ProgramListener listener, Channel channel, long number, QueueMemory memory, Timers timers) {
        this.listener = listener;
        this.name = listener.name() + "/" + number;
        this.connection = new ProgramConnection(channel, this, memory, timers);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "local-program";
    }

    @Override
    public String description() {
        return "LocalInterface[" + listener.endpoint().text() + "]";
    }

    @Override
    public boolean servesLocalProgram() {
        return true;
    }

    @Override
    public void attach(PacketSink core) {
        sink = core;
    }

    @Override
    public void detach() {
        sink = null;
    }

    @Override
    public InterfaceStatus status() {
        if (ended) {
            return InterfaceStatus.of(InterfaceState.CLOSED);
        }
        return InterfaceStatus.of(up ? InterfaceState.UP : InterfaceState.STARTING);
    }

    @Override
    public LinkBudget budget() {
        return LocalSettings.BUDGET;
    }

    @Override
    public InterfacePolicy policy() {
        return listener.policy();
    }

    @Override
    public InterfaceCounters counters() {
        return connection.tally().read();
    }

    @Override
    public void send(ByteBuffer packet) {
        connection.send(packet);
    }

    @Override
    public void flush() {
        connection.flush();
    }

    @Override
    public void close() {
        sink = null;
        connection.close();
    }

    // ---- what the connection asks and tells ----

    @Override
    public PacketSink core() {
        return sink;
    }

    @Override
    public int queueBytes() {
        return listener.queueBytes();
    }

    @Override
    public void connected() {
        up = true;
        listener.arrived(this);
    }

    @Override
    public void disconnected() {
        up = false;
        ended = true;
        listener.departed(this);
    }

    // ---- for the listener ----

    ProgramConnection connection() {
        return connection;
    }

    PacketSink announcedTo() {
        return announcedTo;
    }

    void announcedTo(PacketSink core) {
        announcedTo = core;
    }
}
