package io.kairos.transport.tcp;

import io.kairos.api.failure.Failure;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.NetUtil;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Hosts and ports in words. */
final class Endpoints {

    private static final String BY_ITSELF = " Kairos tries again by itself.";

    private Endpoints() {}

    /** {@code host:port}, an IPv6 address in brackets. */
    static String text(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The same for a connected peer; IPv6 addresses in their canonical short form. */
    static String text(InetSocketAddress address) {
        return text(text(address.getAddress()), address.getPort());
    }

    /** Whether {@code host} is an address, so that no name has to be looked up. */
    static boolean isLiteral(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    /** Why connecting to {@code endpoint} failed. */
    static Failure connectFailure(String endpoint, Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return failure(
                    "The name in " + endpoint + " cannot be resolved",
                    "Correct peer.host, or check the name server of this machine." + BY_ITSELF);
        }
        if (cause instanceof ConnectTimeoutException || cause instanceof SocketTimeoutException) {
            return failure(
                    endpoint + " does not answer",
                    "Check that the peer runs and that no firewall drops the connection." + BY_ITSELF);
        }
        if (cause instanceof NoRouteToHostException) {
            return failure("There is no way to " + endpoint, "Check the network of this machine." + BY_ITSELF);
        }
        if (cause instanceof ConnectException
                && String.valueOf(cause.getMessage()).contains("refused")) {
            return failure(
                    "Nothing listens on " + endpoint,
                    "Start the peer, or correct peer.host and peer.port." + BY_ITSELF);
        }
        return failure(
                "Connecting to %s failed: %s".formatted(endpoint, cause.getMessage()),
                "Check the network of this machine." + BY_ITSELF);
    }

    static Failure failure(String message, String remedy) {
        return new Failure(Failure.Kind.NETWORK, message, remedy);
    }

    private static String text(InetAddress address) {
        return address instanceof Inet6Address six ? NetUtil.toAddressString(six) : address.getHostAddress();
    }
}
