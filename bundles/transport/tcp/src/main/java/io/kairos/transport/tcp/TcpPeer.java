package io.kairos.transport.tcp;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One accepted connection: a child of the server, with the server's policy and budget. */
final class TcpPeer implements MeshInterface, TcpConnection.Owner {

    private final TcpListener listener;
    private final String name;
    private final InetSocketAddress address;
    private final TcpConnection connection;

    private volatile PacketSink sink;
    private volatile boolean up;
    private volatile boolean ended;

    /** The core that was told about this child. Written by the listener's thread. */
    private volatile PacketSink announcedTo;

    /** @param number tells connections apart without saying whose they are */
    TcpPeer(TcpListener listener, DirectChannel channel, long number) {
        this.listener = listener;
        this.name = listener.name() + "/" + number;
        this.address = channel.remoteAddress();
        this.connection = listener.connectionOn(channel, this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "tcp-peer";
    }

    @Override
    public String description() {
        return "TCPInterface[Client on " + listener.name() + "/" + Endpoints.text(address) + "]";
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
    public void connected(TcpConnection made) {
        up = true;
        listener.arrived(this);
    }

    @Override
    public void disconnected(TcpConnection over) {
        up = false;
        ended = true;
        listener.departed(this, over.lifetimeNanos());
    }

    // ---- for the listener ----

    TcpConnection connection() {
        return connection;
    }

    InetSocketAddress address() {
        return address;
    }

    PacketSink announcedTo() {
        return announcedTo;
    }

    void announcedTo(PacketSink core) {
        announcedTo = core;
    }
}
