package io.kairos.api.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place where an interface meets others: a port it listens on, a peer it connects to, a group it joins, a device it
 * opens. Two networks of one node never share one; the core compares them by {@link #meets}.
 *
 * <p>Places are paths with slashes: a place holds all that is below it. Every address of this machine is below {@code
 * local}, so an interface that listens everywhere meets one that connects to {@code local/192.0.2.7}.
 *
 * @param medium what is used, for example {@code tcp}, {@code udp}, {@code auto}, {@code serial}
 * @param place where, for example {@code local}, {@code local/loopback}, {@code 198.51.100.7}, {@code device/eth0}
 * @param name what there, for example a port or the name of a group; may be empty
 */
public record Endpoint(String medium, String place, String name) {

    /** The place of all addresses of this machine. */
    public static final String LOCAL = "local";

    private static final String LOOPBACK = LOCAL + "/loopback";
    private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    public Endpoint {
        Objects.requireNonNull(medium, "medium");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(name, "name");
    }

    /**
     * A port at a host. Names are not looked up, except those that always mean this machine; whoever has resolved a name
     * offers its address too.
     *
     * @param medium for example {@code tcp}
     * @param host an address or a name; empty or an unspecified address means all addresses of this machine
     */
    public static Endpoint port(String medium, String host, int port) {
        return new Endpoint(medium, place(host.strip().toLowerCase(Locale.ROOT)), Integer.toString(port));
    }

    /** A port at an address. */
    public static Endpoint port(String medium, InetAddress address, int port) {
        return new Endpoint(medium, place(address), Integer.toString(port));
    }

    /** Whether the address is one of this machine. */
    public static boolean isLocal(InetAddress address) {
        return place(address).startsWith(LOCAL);
    }

    /** Whether what is sent at one arrives at the other. */
    public boolean meets(Endpoint other) {
        return medium.equals(other.medium)
                && name.equals(other.name)
                && (holds(place, other.place) || holds(other.place, place));
    }

    /** For operators: {@code tcp:local:4242}. */
    public String text() {
        return name.isEmpty() ? medium + ":" + place : medium + ":" + place + ":" + name;
    }

    private static boolean holds(String place, String inner) {
        return inner.equals(place) || inner.startsWith(place + "/");
    }

    private static String place(String host) {
        if (host.isEmpty() || host.equals("*")) {
            return LOCAL;
        }
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return LOOPBACK;
        }
        return literal(host).map(Endpoint::place).orElse(host);
    }

    /** The address a literal stands for; nothing is looked up. */
    private static Optional<InetAddress> literal(String host) {
        if (host.indexOf(':') < 0 && !DOTTED.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty(); // not an address after all; as a name it meets only itself
        }
    }

    private static String place(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return LOCAL;
        }
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        try {
            String text = address.getHostAddress();
            return NetworkInterface.getByInetAddress(address) == null ? text : LOCAL + "/" + text;
        } catch (SocketException e) {
            return LOCAL; // what cannot be told apart is kept apart
        }
    }
}
