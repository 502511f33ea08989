package io.kairos.transport.udp;

import io.kairos.api.failure.Failure;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;

/**
 * Where to listen and where to send.
 *
 * @param listen own address and port
 * @param forward where packets go
 */
record UdpAddresses(InetSocketAddress listen, InetSocketAddress forward) {

    private static final String BY_ITSELF = " Kairos tries again by itself.";

    /** A system interface that is not there or has no broadcast address. */
    static final class MissingDeviceException extends IOException {

        private static final long serialVersionUID = 1L;

        MissingDeviceException(String message) {
            super(message);
        }
    }

    /** Finds the addresses; may look up names and therefore block. */
    static UdpAddresses of(UdpSettings settings) throws IOException {
        return new UdpAddresses(
                new InetSocketAddress(address(settings, settings.listenHost(), "0.0.0.0"), settings.listenPort()),
                new InetSocketAddress(
                        address(settings, settings.forwardHost(), "255.255.255.255"), settings.forwardPort()));
    }

    /** The listen address as Reticulum writes it, without looking anything up that may block. */
    static String text(UdpSettings settings) {
        String host = settings.listenHost();
        if (host.isEmpty()) {
            try {
                host = address(settings, "", "0.0.0.0").getHostAddress();
            } catch (IOException e) {
                host = settings.device(); // not there at the moment
            }
        }
        return host + ":" + settings.listenPort();
    }

    /** Why opening failed. */
    static Failure failure(UdpSettings settings, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof MissingDeviceException) {
            return new Failure(
                    Failure.Kind.HARDWARE,
                    message,
                    "Connect or configure it ('ip addr' lists what is there), or correct device." + BY_ITSELF);
        }
        if (cause instanceof UnknownHostException) {
            return network(
                    "The name in listen.host or forward.host cannot be resolved to an IPv4 address",
                    "Correct it, or check the name server of this machine." + BY_ITSELF);
        }
        if (message.contains("in use")) {
            return network(
                    "UDP port " + settings.listenPort() + " is taken",
                    "Stop the other program ('ss -lunp' names it) or choose another listen.port." + BY_ITSELF);
        }
        return network(
                "UDP port %d cannot be opened: %s".formatted(settings.listenPort(), message),
                "Correct listen.host and listen.port." + BY_ITSELF);
    }

    private static Failure network(String message, String remedy) {
        return new Failure(Failure.Kind.NETWORK, message, remedy);
    }

    private static InetAddress address(UdpSettings settings, String host, String otherwise) throws IOException {
        if (!host.isEmpty() || settings.device().isEmpty()) {
            for (InetAddress address : InetAddress.getAllByName(host.isEmpty() ? otherwise : host)) {
                if (address instanceof Inet4Address) {
                    return address;
                }
            }
            throw new UnknownHostException(host);
        }
        NetworkInterface device = NetworkInterface.getByName(settings.device());
        if (device == null) {
            throw new MissingDeviceException("There is no system interface named " + settings.device());
        }
        return device.getInterfaceAddresses().stream()
                .map(InterfaceAddress::getBroadcast)
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new MissingDeviceException(
                        "The system interface " + settings.device() + " has no broadcast address"));
    }
}
