package io.kairos.transport.websocket;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Why calling a server failed, for its operator; names no host. */
final class DialFailures {

    static final String AGAIN = " Kairos tries again by itself.";

    private DialFailures() {}

    /** @param isLate whether it took too long */
    static MeshException of(IOException e, boolean isLate, WebSocketClientSettings.Line line) {
        String who = line.proxy().isEmpty() ? "The peer" : "The proxy";
        if (isLate || e instanceof SocketTimeoutException) {
            return network(
                    who + " does not answer in time", "A firewall may drop it, or the way is very slow." + AGAIN, e);
        }
        if (e instanceof UnknownHostException) {
            return network("The host's name is not known", "Check the name and this machine's DNS." + AGAIN, e);
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return network(
                    who + " cannot be reached, or nothing listens there",
                    "Check host and port, and that the web server runs." + AGAIN,
                    e);
        }
        return e instanceof SSLException failed ? tls(failed) : ended(e);
    }

    /**
     * An answer that is no WebSocket's.
     *
     * @param status of HTTP, or -1 where it was something else
     */
    static MeshException refused(int status) {
        if (status == 404 || status == 200 || status == 405) {
            return peer(
                    "The web site does not know the path (status %d)".formatted(status),
                    "Compare the path of peer.url with secret.path of the server, and see that the node there runs and that"
                            + " the web server in front of it passes Upgrade and Connection on." + AGAIN,
                    null);
        }
        if (status == 502 || status == 503 || status == 504) {
            return peer(
                    "The web server has no node behind it (status %d)".formatted(status),
                    "See that the other node runs and listens where its web server looks." + AGAIN,
                    null);
        }
        return peer(
                status < 0 ? "The answer is none of a web server" : "The web server answered with status " + status,
                "Check peer.url; a redirect is not followed." + AGAIN,
                null);
    }

    private static MeshException tls(SSLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return peer(
                        "The server's certificate is not valid at this time",
                        "Have it renewed, or set this machine's clock." + AGAIN,
                        e);
            }
            if (cause instanceof CertPathValidatorException
                    || cause.getClass().getSimpleName().contains("ValidatorException")) {
                return peer(
                        "The server's certificate is not trusted",
                        "Somebody may be in between. Where it is your own, name it or its authority in"
                                + " certificate.file." + AGAIN,
                        e);
            }
            if (cause instanceof CertificateException) {
                return peer(
                        "The server's certificate is for another name",
                        "Use the name of the certificate in peer.url." + AGAIN,
                        e);
            }
        }
        return peer(
                "TLS could not be agreed on", "The server must speak TLS 1.3 and http/1.1 at this port." + AGAIN, e);
    }

    private static MeshException ended(IOException e) {
        return e instanceof EOFException
                ? peer("The server hung up before it answered", "See its log." + AGAIN, e)
                : network("The connection broke while it was made", "It is made again by itself.", e);
    }

    private static MeshException network(String message, String remedy, IOException cause) {
        return new MeshException(Failure.Kind.NETWORK, message, remedy, cause);
    }

    private static MeshException peer(String message, String remedy, IOException cause) {
        return new MeshException(Failure.Kind.PEER, message, remedy, cause);
    }
}
