package io.kairos.transport.local;

import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.NeighbourInterface;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;

/** One program that is connected: a child of the shared instance. */
final class Program extends NeighbourInterface implements ProgramConnection.Owner {

    private final ProgramListener listener;
    private final ProgramConnection connection;

    /** @param number tells programs apart without saying which they are */
    Program(ProgramListener listener, Channel channel, long number, QueueMemory memory, Timers timers) {
        super("local-program", listener.name() + "/" + number);
        this.listener = listener;
        this.connection = new ProgramConnection(channel, this, memory, timers);
    }

    @Override
    public String description() {
        return "LocalInterface[" + listener.endpoint().text() + "]";
    }

    @Override
    public boolean servesLocalProgram() {
        return true;
    }

    /**
     * Programs that an earlier core knew are disconnected: they register only with a new connection, which they make by
     * themselves within seconds, and a core that has never heard of them could deliver nothing to them.
     */
    @Override
    protected boolean outlivesItsCore() {
        return false;
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
        super.close();
        connection.close();
    }

    // ---- what the connection asks and tells ----

    @Override
    public int queueBytes() {
        return listener.queueBytes();
    }

    @Override
    public void connected() {
        become(InterfaceState.UP);
        listener.arrived(this);
    }

    @Override
    public void disconnected() {
        become(InterfaceState.CLOSED);
        listener.departed(this);
    }

    // ---- for the listener ----

    ProgramConnection connection() {
        return connection;
    }
}
