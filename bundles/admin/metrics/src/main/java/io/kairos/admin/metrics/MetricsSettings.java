package io.kairos.admin.metrics;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Settings of the page that were found good.
 *
 * @param address where it listens
 * @param token what readers have to send; empty for nothing
 */
record MetricsSettings(InetSocketAddress address, String token) {

    private static final int SHORTEST_TOKEN = 16;
    private static final Pattern LITERAL =
            Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*"); // nothing to look up

    /** @throws MeshException that names key and remedy */
    static MetricsSettings from(MetricsConfig config) {
        String host = config.listen_host().strip();
        int port = config.listen_port();
        if (port < 1 || port > 65535) {
            throw refuse("listen.port = " + port + " is not between 1 and 65535", "The default is 9484.");
        }
        if (!LITERAL.matcher(host).matches()) {
            throw refuse(
                    "listen.host = " + host + " is no address",
                    "Write an address of this machine, for example 127.0.0.1.");
        }
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "listen.host = " + host + " is no address",
                    "Write an address of this machine, for example 127.0.0.1.",
                    e);
        }
        String token = config.token().strip();
        if (!token.isEmpty() && token.length() < SHORTEST_TOKEN) {
            throw refuse("token has less than 16 characters", "Make one: openssl rand -hex 16");
        }
        if (token.isEmpty() && !address.isLoopbackAddress()) {
            throw refuse(
                    "listen.host = " + host + " can be reached by other machines, and there is no token",
                    "Set token (openssl rand -hex 16), or listen on 127.0.0.1.");
        }
        return new MetricsSettings(new InetSocketAddress(address, port), token);
    }

    private static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }

    @Override
    public String toString() {
        String host = address.getAddress().getHostAddress(); // never the token
        return (host.contains(":") ? '[' + host + ']' : host) + ':' + address.getPort();
    }
}
