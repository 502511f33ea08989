package io.kairos.transport.tcp;

import io.kairos.api.failure.Failure;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Comparator;

/** System interfaces, and why listening on one may fail. */
final class Devices {

    private static final String BY_ITSELF = " Kairos tries again by itself.";

    private Devices() {}

    /** A system interface that is not there or has no address. */
    static final class MissingException extends IOException {

        private static final long serialVersionUID = 1L;

        MissingException(String message) {
            super(message);
        }
    }

    /** The address of a system interface: its IPv4 address, or else its IPv6 address. */
    static InetAddress address(String device) throws IOException {
        NetworkInterface found = NetworkInterface.getByName(device);
        if (found == null) {
            throw new MissingException("There is no system interface named " + device);
        }
        return found.inetAddresses()
                .min(Comparator.comparing((InetAddress address) -> !(address instanceof Inet4Address))
                        .thenComparing(InetAddress::isLinkLocalAddress))
                .orElseThrow(() -> new MissingException("The system interface " + device + " has no address"));
    }

    /** Why listening failed. */
    static Failure listenFailure(TcpServerSettings.Line line, Throwable cause) {
        if (cause instanceof MissingException) {
            return new Failure(
                    Failure.Kind.HARDWARE,
                    cause.getMessage(),
                    "Connect or configure it ('ip addr' lists what is there), or correct device." + BY_ITSELF);
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof BindException && message.contains("in use")) {
            return Endpoints.failure(
                    "Port " + line.port() + " is taken",
                    "Stop the other program ('ss -ltnp' names it) or choose another listen.port." + BY_ITSELF);
        }
        if (cause instanceof BindException && message.contains("denied")) {
            return Endpoints.failure(
                    "This user may not listen on port " + line.port(),
                    "Choose a listen.port of 1024 or above." + BY_ITSELF);
        }
        if (cause instanceof BindException) {
            return Endpoints.failure(
                    "This machine has no address " + line.host(),
                    "Correct listen.host, or set it to * to listen on all addresses." + BY_ITSELF);
        }
        return Endpoints.failure(
                "Listening on %s failed: %s".formatted(line.endpoint(), message),
                "Correct listen.host and listen.port." + BY_ITSELF);
    }
}
