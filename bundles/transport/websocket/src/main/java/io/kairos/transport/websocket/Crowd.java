package io.kairos.transport.websocket;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections come from where: one IPv4 address, or one IPv6 /64 network. This machine itself is not counted.
 *
 * <p>Threads: any.
 */
final class Crowd {

    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final Map<String, Integer> places = new HashMap<>(); // guarded by this; as many as connections at most

    /** @param most connections from one place */
    Crowd(int most) {
        this.most = most;
    }

    /** One more; false where there are too many. */
    synchronized boolean enter(InetAddress from) {
        if (from.isLoopbackAddress()) {
            return true;
        }
        String place = place(from);
        int now = places.getOrDefault(place, 0);
        if (now >= most) {
            return false;
        }
        places.put(place, now + 1);
        return true;
    }

    /** One less. */
    synchronized void leave(InetAddress from) {
        places.computeIfPresent(place(from), (place, count) -> count > 1 ? count - 1 : null);
    }

    private static String place(InetAddress from) {
        byte[] bytes = from.getAddress();
        return Arrays.toString(from instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
