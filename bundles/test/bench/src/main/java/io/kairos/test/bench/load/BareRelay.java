package io.kairos.test.bench.load;

import io.kairos.lib.wire.PacketBytes;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The limit that a node is measured against: a relay that only deframes and frames. It learns receivers from the
 * destination in announces, repeats those with a made-up transport id, and passes everything else on by destination. No
 * hash, no duplicate check, no tables beyond one map.
 */
public final class BareRelay {

    private static final byte[] NODE = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");

    private final Map<Long, Channel> receivers = new ConcurrentHashMap<>();
    private final Map<Channel, Boolean> connections = new ConcurrentHashMap<>();

    private BareRelay() {}

    /** Listens on the port given as the only argument until it is killed. */
    public static void main(String[] arguments) {
        new BareRelay().listen(Integer.parseInt(arguments[0]));
    }

    private void listen(int port) {
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.put(channel, true);
                        channel.closeFuture().addListener(done -> connections.remove(channel));
                        channel.pipeline().addLast(new Frames());
                    }
                })
                .bind("127.0.0.1", port)
                .syncUninterruptibly();
        System.out.println("ready");
    }

    /** One per connection: unescapes each frame, finds the receiver, escapes it again. */
    private final class Frames extends ChannelInboundHandlerAdapter {

        private final byte[] packet = new byte[9_000];
        private final List<Channel> touched = new ArrayList<>();
        private final Map<Channel, ByteBuf> staged = new java.util.HashMap<>();
        private int length;
        private boolean escaped;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                while (in.isReadable()) {
                    byte b = in.readByte();
                    if (b == 0x7e) {
                        deliver(context.channel());
                        length = 0;
                    } else if (b == 0x7d) {
                        escaped = true;
                    } else if (length < packet.length) {
                        packet[length++] = escaped ? (byte) (b ^ 0x20) : b;
                        escaped = false;
                    }
                }
            } finally {
                in.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            for (Channel channel : touched) {
                channel.writeAndFlush(staged.remove(channel));
            }
            touched.clear();
        }

        private void deliver(Channel from) {
            if (length < PacketBytes.SHORT_HEADER) {
                return;
            }
            int at = PacketBytes.destinationOffset(packet, 0);
            long destination = java.nio.ByteBuffer.wrap(packet, at, 8).getLong();
            if (PacketBytes.type(packet, 0) == 1) {
                receivers.put(destination, from);
                byte[] repeated = PacketBytes.withTransport(
                        packet, length, io.kairos.api.packet.DestinationHash.of(NODE), 1, false);
                connections.keySet().forEach(other -> stage(other, repeated, 0, repeated.length));
            } else {
                Channel to = receivers.get(destination);
                if (to != null) {
                    packet[at - 2] = (byte) (packet[0] & PacketBytes.TYPE_MASK);
                    packet[at - 1] = 1;
                    stage(to, packet, at - 2, length - at + 2);
                }
            }
        }

        private void stage(Channel to, byte[] bytes, int offset, int count) {
            ByteBuf out = staged.get(to);
            if (out == null) {
                out = to.alloc().buffer(1 << 16);
                staged.put(to, out);
                touched.add(to);
            }
            out.writeByte(0x7e);
            for (int i = offset; i < offset + count; i++) {
                byte b = bytes[i];
                if (b == 0x7e || b == 0x7d) {
                    out.writeByte(0x7d).writeByte(b ^ 0x20);
                } else {
                    out.writeByte(b);
                }
            }
            out.writeByte(0x7e);
        }
    }
}
