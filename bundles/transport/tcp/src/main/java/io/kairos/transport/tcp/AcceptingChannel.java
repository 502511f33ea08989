package io.kairos.transport.tcp;

import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.function.Predicate;

/** A listening socket that closes strangers before anything is spent on them, and makes {@link DirectChannel}s of the rest. */
final class AcceptingChannel extends NioServerSocketChannel {

    private final Predicate<InetAddress> admission;

    /** @param admission asked on the thread of this channel */
    AcceptingChannel(Predicate<InetAddress> admission) {
        super();
        this.admission = admission;
    }

    /** Listens on IPv4 alone. */
    static AcceptingChannel ofIpv4(Predicate<InetAddress> admission) {
        return new AcceptingChannel(admission, SocketProtocolFamily.INET);
    }

    private AcceptingChannel(Predicate<InetAddress> admission, SocketProtocolFamily family) {
        super(SelectorProvider.provider(), family);
        this.admission = admission;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        SocketChannel socket = javaChannel().accept();
        if (socket == null) {
            return 0;
        }
        if (!(socket.getRemoteAddress() instanceof InetSocketAddress peer) || !admission.test(peer.getAddress())) {
            socket.close();
            return 0;
        }
        accepted.add(new DirectChannel(this, socket));
        return 1;
    }
}
