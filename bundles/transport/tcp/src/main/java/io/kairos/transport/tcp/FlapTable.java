package io.kairos.transport.tcp;

import io.kairos.transport.tcp.TcpServerSettings.Limits;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may connect: counts connections by address and remembers addresses whose connections were short too often. IPv6
 * addresses count by their /64 network, of which one household has 2^64. This machine itself is exempt, since proxies and
 * tunnels come from there.
 *
 * <p>Threads: one, that of the listener.
 */
final class FlapTable {

    /** Remembered addresses; beyond that the one that was quiet for the longest time is forgotten. */
    private static final int MOST_REMEMBERED = 4_096;

    private record Flaps(int count, long lastNanos) {}

    private final Map<Long, Integer> connections = new HashMap<>();
    private final LinkedHashMap<Long, Flaps> flaps = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Flaps> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private int total;

    /** Whether a connection from {@code address} is welcome; if so it is counted until {@link #left}. */
    boolean admit(InetAddress address, long nowNanos, Limits limits) {
        if (total >= limits.connections()) {
            return false;
        }
        if (!address.isLoopbackAddress()) {
            long key = key(address);
            int count = connections.getOrDefault(key, 0);
            if (count >= limits.connectionsPerAddress() || isBlocked(key, nowNanos, limits)) {
                return false;
            }
            connections.put(key, count + 1);
        }
        total++;
        return true;
    }

    /** A connection that was admitted has ended after {@code lifetime}. */
    void left(InetAddress address, Duration lifetime, long nowNanos, Limits limits) {
        total--;
        if (address.isLoopbackAddress()) {
            return;
        }
        long key = key(address);
        connections.computeIfPresent(key, (same, count) -> count > 1 ? count - 1 : null);
        if (limits.flapGrace() >= 0 && lifetime.compareTo(limits.flapShort()) < 0) {
            isBlocked(key, nowNanos, limits); // forgets what has expired
            Flaps earlier = flaps.get(key);
            flaps.put(key, new Flaps(earlier == null ? 1 : earlier.count() + 1, nowNanos));
        }
    }

    int total() {
        return total;
    }

    private boolean isBlocked(long key, long nowNanos, Limits limits) {
        Flaps known = flaps.get(key);
        if (known == null || limits.flapGrace() < 0) {
            return false;
        }
        if (nowNanos - known.lastNanos() >= limits.flapBlock().toNanos()) {
            flaps.remove(key);
            return false;
        }
        return known.count() > limits.flapGrace();
    }

    /** IPv4 in the lower half; the first half of an IPv6 address is never below 2^32 for anything but ::/32. */
    private static long key(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address ? bytes.getLong() : bytes.getInt() & 0xFFFF_FFFFL;
    }
}
