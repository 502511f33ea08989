package io.kairos.transport.tcp;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.NeighbourInterface;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One accepted connection: a child of the server, with the server's policy and budget. */
final class TcpPeer extends NeighbourInterface implements TcpConnection.Owner {

    private final TcpListener listener;
    private final InetSocketAddress address;
    private final TcpConnection connection;

    /** @param number tells connections apart without saying whose they are */
    TcpPeer(TcpListener listener, DirectChannel channel, long number) {
        super("tcp-peer", listener.name() + "/" + number);
        this.listener = listener;
        this.address = channel.remoteAddress();
        this.connection = listener.connectionOn(channel, this);
    }

    @Override
    public String description() {
        return "TCPInterface[Client on " + listener.name() + "/" + Endpoints.text(address) + "]";
    }

    @Override
    public LinkBudget budget() {
        return listener.budget();
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
    public void connected(TcpConnection made) {
        become(InterfaceState.UP);
        listener.arrived(this);
    }

    @Override
    public void disconnected(TcpConnection over) {
        become(InterfaceState.CLOSED);
        listener.departed(this, over.lifetimeNanos());
    }

    // ---- for the listener ----

    TcpConnection connection() {
        return connection;
    }

    InetSocketAddress address() {
        return address;
    }
}
