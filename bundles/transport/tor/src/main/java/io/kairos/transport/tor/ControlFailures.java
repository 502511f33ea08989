package io.kairos.transport.tor;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** What went wrong with tor's control port and the onion service, for operators. */
final class ControlFailures {

    private static final String AGAIN = " Kairos tries again by itself.";
    private static final String TORRC = "torrc needs ControlPort 9051 and CookieAuthentication 1.";

    private ControlFailures() {}

    static MeshException noTor(String place, IOException cause) {
        if (cause instanceof UnknownHostException) {
            return network("The name in control.host cannot be resolved", "Correct control.host.", cause);
        }
        if (cause instanceof SocketTimeoutException) {
            return network(
                    "tor's control port on %s does not answer".formatted(place),
                    "Check that tor runs there and that no firewall is between.",
                    cause);
        }
        if (cause instanceof ConnectException) {
            return network(
                    "Nothing listens on %s, where tor's control port should be".formatted(place),
                    "Start tor (apt install tor); " + TORRC,
                    cause);
        }
        return network("The connection to tor's control port failed", "Check that tor runs.", cause);
    }

    static MeshException gone(IOException cause) {
        return network(
                "tor has closed its control port",
                "It was stopped or started anew; the onion service is set up again as soon as it is there.",
                cause);
    }

    static MeshException silent() {
        return network("tor's control port has not answered in time", "Look at tor's log.", null);
    }

    static MeshException notTor(String why) {
        return setting(
                "What answers is no control port of tor: " + why, "Correct control.host and control.port. " + TORRC);
    }

    static MeshException noMethod() {
        return setting(
                "tor offers no way to prove who may control it that Kairos can use",
                "Put CookieAuthentication 1 into torrc, or set control.password to that of HashedControlPassword.");
    }

    static MeshException cookieUnreadable() {
        return setting(
                "The cookie of tor's control port cannot be read by the node's user",
                "Put the node's user into tor's group (Debian: adduser kairos debian-tor, then start the node anew), and"
                        + " CookieAuthFileGroupReadable 1 into torrc; or set control.cookie.file.");
    }

    static MeshException notACookie() {
        return setting("The cookie file does not have the 32 bytes of a cookie", "Correct control.cookie.file.");
    }

    static MeshException impostor() {
        return new MeshException(
                Failure.Kind.POLICY,
                "What listens on the control port does not know tor's cookie",
                "Another program has taken the port, or control.cookie.file is that of another tor." + AGAIN);
    }

    static MeshException refused() {
        return setting(
                "tor refuses the authentication at its control port",
                "Correct control.password or control.cookie.file; a cookie changes when tor is started anew.");
    }

    static MeshException noService(ControlReply reply) {
        String text = reply.lines().isEmpty() ? "" : reply.lines().get(0);
        if (text.contains("collision")) {
            return setting(
                    "tor has an onion service with this interface's key already",
                    "Another program or interface uses the same key; only one of them can.");
        }
        return setting(
                "tor does not set up the onion service (%d)".formatted(reply.status()),
                "Look at tor's log; onion services of this kind need tor 0.4 or later.");
    }

    /** @param progress how far tor has come with its own connection, in percent; -1 where it does not say */
    static MeshException notPublished(int progress) {
        boolean isConnected = progress < 0 || progress >= 100;
        return network(
                isConnected
                        ? "tor has not published the onion service yet, so nobody can find it"
                        : "tor has no connection to its network yet (%d %%), so nobody finds the onion service"
                                .formatted(progress),
                isConnected
                        ? "tor is slow just now; its log tells more."
                        : "Check the Internet connection and the clock of this machine; where Tor is blocked, tor needs"
                                + " bridges.",
                null);
    }

    static MeshException noListener(int port) {
        return setting(
                port == 0
                        ? "No local port is free for connections from tor"
                        : "Port %d, listen.port, is taken on this machine".formatted(port),
                "Choose another port, or 0 for any that is free.");
    }

    private static MeshException setting(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy + AGAIN);
    }

    private static MeshException network(String message, String remedy, IOException cause) {
        return new MeshException(Failure.Kind.NETWORK, message, remedy + AGAIN, cause);
    }
}
