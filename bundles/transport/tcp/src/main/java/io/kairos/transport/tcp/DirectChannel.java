package io.kairos.transport.tcp;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * A Netty channel whose socket can also be written by the calling thread. Handing each burst to the event loop would cost
 * a wake-up and a change of threads; {@link TcpConnection} sees to it that the two ways never mix.
 */
final class DirectChannel extends NioSocketChannel {

    DirectChannel() {
        super();
    }

    DirectChannel(Channel parent, SocketChannel socket) {
        super(parent, socket);
    }

    /** Writes what the socket takes at once; any thread. */
    int writeNow(ByteBuffer bytes) throws IOException {
        return javaChannel().write(bytes);
    }

    Set<SocketOption<?>> supportedOptions() {
        return javaChannel().supportedOptions();
    }
}
