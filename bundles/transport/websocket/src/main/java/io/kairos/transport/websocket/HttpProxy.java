package io.kairos.transport.websocket;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.medium.Checks;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An HTTP proxy that lets connections through (CONNECT; RFC 9110, section 9.3.6).
 *
 * @param host its name or address
 * @param authorization what it is told of who asks (RFC 7617); empty where it does not want to know
 */
record HttpProxy(String host, int port, Optional<String> authorization) {

    private static final int USUAL_PORT = 3128;
    private static final int MOST_CHARACTERS = 256;

    /** Checks the settings; empty where there is no proxy. */
    static Optional<HttpProxy> of(WebSocketClientConfig config) {
        int port = Checks.between("proxy.port", config.proxy_port(), 1, 65_535, USUAL_PORT);
        String host = stripped(config.proxy_host());
        String user = stripped(config.proxy_user());
        String password = config.proxy_password() == null ? "" : config.proxy_password();
        if (!isPlain(user) || user.indexOf(':') >= 0 || !isPlain(password)) {
            throw Checks.refuse(
                    "proxy.user or proxy.password has characters that cannot be sent",
                    "At most 256 characters each, none of them a control character, and no colon in the name.");
        }
        if (user.isEmpty() && !password.isEmpty()) {
            throw Checks.refuse("proxy.password is set without proxy.user", "Set both or none.");
        }
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of(new HttpProxy(host, port, user.isEmpty() ? Optional.empty() : basic(user, password)));
    }

    private static String stripped(String given) {
        return given == null ? "" : given.strip();
    }

    private static boolean isPlain(String text) {
        return text.length() <= MOST_CHARACTERS && text.chars().noneMatch(Character::isISOControl);
    }

    private static Optional<String> basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /**
     * Asks for a way to a server. The proxy says nothing more before the server is spoken to.
     *
     * @param target host and port
     * @param userAgent what the client says it is
     * @throws MeshException why there is none, for the operator
     */
    void open(Socket plain, String target, String userAgent) throws IOException {
        String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\nUser-Agent: " + userAgent
                + "\r\nProxy-Connection: keep-alive\r\n"
                + authorization
                        .map(value -> "Proxy-Authorization: " + value + "\r\n")
                        .orElse("")
                + "\r\n";
        plain.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        HeadReader reader = new HeadReader(plain.getInputStream());
        int status;
        try {
            status = reader.next().map(Handshake::status).orElse(-1);
        } catch (EOFException e) {
            status = -1;
        }
        if (status / 100 != 2 || reader.rest().length > 0) {
            throw refused(status);
        }
    }

    private MeshException refused(int status) {
        if (status < 0 || status / 100 == 2) {
            return failure(
                    "The proxy does not answer as a proxy",
                    "Check proxy.host and proxy.port; it must be an HTTP proxy.");
        }
        String answer = " (status %d)".formatted(status);
        if (status == 407 || status == 401) {
            return authorization.isEmpty()
                    ? failure("The proxy wants to know who asks" + answer, "Set proxy.user and proxy.password.")
                    : failure(
                            "The proxy does not take this user and password" + answer,
                            "Check proxy.user and proxy.password. Only Basic is spoken, neither Digest nor NTLM.");
        }
        if (status / 100 == 5) {
            return failure(
                    "The proxy does not reach the peer" + answer,
                    "Check host and port of peer.url, as the proxy sees them, and that the web server there runs.");
        }
        return failure(
                "The proxy does not let this connection through" + answer,
                "Most let through to port 443 alone: have the peer's web server listen there, or ask whoever runs the"
                        + " proxy.");
    }

    private static MeshException failure(String message, String remedy) {
        return new MeshException(Failure.Kind.NETWORK, message, remedy + DialFailures.AGAIN);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "HttpProxy[" + host + ":" + port + "]";
    }
}
