package io.kairos.transport.tcp;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;

/** Socket options of both ends of a connection: no waiting for more bytes, and a dead peer is noticed in half a minute. */
final class SocketOptions {

    private static final int KEEPALIVE_IDLE_SECONDS = 5;
    private static final int KEEPALIVE_INTERVAL_SECONDS = 2;
    private static final int KEEPALIVE_PROBES = 12;

    private static final Map<String, Integer> KEEPALIVE = Map.of(
            "TCP_KEEPIDLE", KEEPALIVE_IDLE_SECONDS,
            "TCP_KEEPINTERVAL", KEEPALIVE_INTERVAL_SECONDS,
            "TCP_KEEPCOUNT", KEEPALIVE_PROBES);

    private SocketOptions() {}

    /** Sets what this machine offers; a missing option costs only time until a dead peer is noticed. */
    static void apply(DirectChannel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(NioChannelOption.of(StandardSocketOptions.SO_KEEPALIVE), true);
        for (SocketOption<?> option : channel.supportedOptions()) {
            Integer value = KEEPALIVE.get(option.name()); // by name: their class is missing on some machines
            if (value != null && option.type() == Integer.class) {
                set(channel, option, value);
            }
        }
    }

    @SuppressWarnings("unchecked") // its type was checked by the caller
    private static void set(DirectChannel channel, SocketOption<?> option, int value) {
        channel.config().setOption(NioChannelOption.of((SocketOption<Integer>) option), value);
    }
}
