package io.kairos.transport.tor;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** What went wrong on the way through the proxy, for operators; never with an address of others. */
final class SocksFailures {

    private static final String AGAIN = " Kairos tries again by itself.";

    private SocksFailures() {}

    static MeshException noProxy(String proxy, IOException cause) {
        if (cause instanceof UnknownHostException) {
            return network("The name in proxy.host cannot be resolved", "Correct proxy.host.", cause);
        }
        if (cause instanceof SocketTimeoutException) {
            return network(
                    "The proxy on %s does not answer".formatted(proxy),
                    "Check that tor runs there and that no firewall is between.",
                    cause);
        }
        if (cause instanceof ConnectException) {
            return network(
                    "Nothing listens on %s, where tor's SOCKS port should be".formatted(proxy),
                    "Start tor (apt install tor), or correct proxy.host and proxy.port; Tor Browser's tor uses 9150.",
                    cause);
        }
        return network("The connection to the proxy on %s failed".formatted(proxy), "Check that tor runs.", cause);
    }

    static MeshException hungUp(String proxy, IOException cause) {
        return network(
                "The proxy on %s has closed the connection".formatted(proxy),
                "tor was probably stopped or has just been started; look at its log.",
                cause);
    }

    static MeshException silent(String proxy) {
        return network(
                "The proxy on %s has not answered in time".formatted(proxy),
                "tor is slow just now, or has no connection to its network; look at its log.",
                null);
    }

    static MeshException notSocks(String proxy, String why) {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "What answers on %s is no SOCKS 5 proxy: %s".formatted(proxy, why),
                "Correct proxy.host and proxy.port; tor's SOCKS port is usually 9050." + AGAIN);
    }

    static MeshException noMethod(boolean isolated) {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                isolated
                        ? "The proxy does not take a user name, by which interfaces are kept on circuits of their own"
                        : "The proxy wants a user name",
                isolated
                        ? "tor takes any. For another kind of proxy set isolation = false." + AGAIN
                        : "Set isolation = true." + AGAIN);
    }

    static MeshException wrongPassword() {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "The proxy refuses the user name that keeps interfaces apart",
                "tor takes any. For another kind of proxy set isolation = false." + AGAIN);
    }

    /** Codes 1 to 8 of RFC 1928, and F0 to F7 of Tor (proposal 304), which it sends where ExtendedErrors is set. */
    static MeshException refused(int code) {
        return switch (code) {
            case 0x01 -> peer("Tor could not make the connection", "The other node may be off; tor's log tells more.");
            case 0x02 -> policy("The proxy does not allow the connection", "Look at tor's settings (SocksPolicy).");
            case 0x03 -> network("Tor has no way to the network", "Check the Internet connection of this machine.");
            case 0x04 ->
                peer(
                        "Tor cannot reach the host, or does not find the onion service",
                        "The other node is off, its address in target.host is wrong, or its service is not published yet.");
            case 0x05 ->
                peer("The other node refuses the connection", "Nothing listens there, or target.port is wrong.");
            case 0x06 -> peer("Tor has given up waiting for the other node", "It may be off, or Tor is slow just now.");
            case 0x07 -> setting("The proxy cannot make connections", "Is it a SOCKS port of tor?");
            case 0x08 -> setting("The proxy cannot use the address", "Correct target.host.");
            case 0xF0 ->
                peer(
                        "Tor finds no descriptor of the onion service",
                        "The other node is off, or its service was started some moments ago. Check target.host.");
            case 0xF1 ->
                peer("The descriptor of the onion service is damaged", "The other node should start tor anew.");
            case 0xF2 ->
                peer(
                        "The onion service could not be reached: none of its introduction points answers",
                        "The other node was probably switched off a short time ago.");
            case 0xF3 ->
                peer("Tor could not meet the onion service", "Tor is slow just now, or the other node is off.");
            case 0xF4 ->
                setting(
                        "The onion service wants a key of its clients, and tor has none",
                        "Ask its operator for a key and put it into tor's ClientOnionAuthDir.");
            case 0xF5 ->
                setting(
                        "The onion service does not accept the key of this tor",
                        "Ask its operator for a new key and put it into tor's ClientOnionAuthDir.");
            case 0xF6 ->
                setting(
                        "target.host is no valid onion address",
                        "It has 56 letters and digits and ends in .onion; copy it from the other node's iface:show.");
            case 0xF7 ->
                peer("Introduction to the onion service timed out", "The other node may be off, or Tor is slow.");
            default -> network("The proxy refuses with code %02X".formatted(code), "Look at tor's log.");
        };
    }

    private static MeshException peer(String message, String remedy) {
        return new MeshException(Failure.Kind.PEER, message, remedy + AGAIN);
    }

    private static MeshException policy(String message, String remedy) {
        return new MeshException(Failure.Kind.POLICY, message, remedy + AGAIN);
    }

    private static MeshException setting(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy + AGAIN);
    }

    private static MeshException network(String message, String remedy) {
        return network(message, remedy, null);
    }

    private static MeshException network(String message, String remedy, IOException cause) {
        return new MeshException(Failure.Kind.NETWORK, message, remedy + AGAIN, cause);
    }
}
