package io.kairos.core.router.tunnel;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.path.Blobs;
import io.kairos.core.router.path.Candidate;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.Port;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.TunnelCodec;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Keeps paths over the reconnects of interfaces whose other end changes its address (docs/protocol/transport.md,
 * tunnels). Threads: belongs to the owner of the tables.
 */
public final class Tunnels {

    private static final long LIFETIME_MILLIS = 28_800_000;
    private static final int MOST_TUNNELS = 16_384;
    private static final int BLOBS = 32;

    private final NodeTime time;
    private final PathBook paths;
    private final LocalIdentity identity;
    private final RandomGenerator random;
    private final int pathLimit;
    private final Refusals refusals;
    private final Map<ByteBuffer, Tunnel> tunnels = new HashMap<>();
    private final Map<Port, Tunnel> byPort = new HashMap<>();
    private int pathCount;

    public Tunnels(
            NodeTime time,
            PathBook paths,
            LocalIdentity identity,
            RandomGenerator random,
            int pathLimit,
            Refusals refusals) {
        this.time = time;
        this.paths = paths;
        this.identity = identity;
        this.random = random;
        this.pathLimit = pathLimit;
        this.refusals = refusals;
    }

    /** The packet that asks the other end of an interface to keep paths. Any thread; signs. */
    public byte[] request(Port port) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return TunnelCodec.packet(
                identity.publicIdentity().toBytes(), port.medium().description(), bytes, identity::sign);
    }

    /** The other end of an interface asks, with a valid signature, to keep paths. */
    public void opened(byte[] tunnelId, Port port) {
        ByteBuffer id = ByteBuffer.wrap(tunnelId);
        long now = time.millis();
        Tunnel tunnel = tunnels.get(id);
        if (tunnel == null) {
            if (tunnels.size() >= MOST_TUNNELS) {
                refusals.count(Refusal.TUNNEL_FULL);
                return;
            }
            tunnel = new Tunnel(tunnelId);
            tunnels.put(id, tunnel);
        }
        if (tunnel.port != port) {
            detach(tunnel);
            Tunnel earlier = byPort.put(port, tunnel);
            if (earlier != null) {
                earlier.port = null;
            }
            tunnel.port = port;
            port.setTunnel(true);
            restore(tunnel, port, now);
        }
        tunnel.expires = now + LIFETIME_MILLIS;
    }

    /** An announce was accepted over an interface; if it has a tunnel the path is kept there too. */
    public void accepted(Port port, Path path) {
        Tunnel tunnel = byPort.get(port);
        if (tunnel == null) {
            return;
        }
        long now = time.millis();
        if (pathCount >= pathLimit && !tunnel.paths.containsKey(path.key())) {
            refusals.count(Refusal.TUNNEL_FULL);
            return;
        }
        Candidate way = path.inUse();
        Kept kept = new Kept(now, way.next(), way.hops(), way.expires(), path.blobs(), way.announce());
        pathCount += tunnel.paths.put(path.key(), kept) == null ? 1 : 0;
        tunnel.expires = now + LIFETIME_MILLIS;
    }

    /** An interface has gone; its tunnel keeps the paths. */
    public void vanished(Port port) {
        Tunnel tunnel = byPort.remove(port);
        if (tunnel != null) {
            tunnel.port = null;
        }
    }

    public void cull() {
        long now = time.millis();
        for (Iterator<Tunnel> each = tunnels.values().iterator(); each.hasNext(); ) {
            Tunnel tunnel = each.next();
            if (now > tunnel.expires || tunnel.expires > now + 2 * LIFETIME_MILLIS) {
                pathCount -= tunnel.paths.size();
                detach(tunnel);
                each.remove();
            } else {
                int before = tunnel.paths.size();
                tunnel.paths.entrySet().removeIf(kept -> isOver(kept.getKey(), kept.getValue(), now));
                pathCount -= before - tunnel.paths.size();
            }
        }
    }

    public int size() {
        return tunnels.size();
    }

    public Collection<Tunnel> all() {
        return tunnels.values();
    }

    /** All tunnels as they are now, to be written by another thread. */
    public List<Tunnel> copies() {
        return tunnels.values().stream()
                .map(tunnel -> Tunnel.stored(tunnel.id, tunnel.expires, tunnel.paths))
                .toList();
    }

    /** Puts a stored tunnel back, without interface. */
    public void restore(Tunnel stored) {
        if (tunnels.size() < MOST_TUNNELS && pathCount + stored.paths.size() <= pathLimit) {
            if (tunnels.putIfAbsent(ByteBuffer.wrap(stored.id), stored) == null) {
                pathCount += stored.paths.size();
            }
        }
    }

    private boolean isOver(DestinationHash destination, Kept kept, long now) {
        Path path = paths.usable(destination);
        return now - kept.heard > LIFETIME_MILLIS || path != null && path.timebase() > Blobs.latest(kept.blobs);
    }

    private void detach(Tunnel tunnel) {
        if (tunnel.port != null) {
            byPort.remove(tunnel.port);
            tunnel.port.setTunnel(false);
            tunnel.port = null;
        }
    }

    private void restore(Tunnel tunnel, Port port, long now) {
        int before = tunnel.paths.size();
        tunnel.paths.entrySet().removeIf(entry -> !reinstate(entry.getKey(), entry.getValue(), port, now));
        pathCount -= before - tunnel.paths.size();
    }

    private boolean reinstate(DestinationHash destination, Kept kept, Port port, long now) {
        Path path = paths.usable(destination);
        boolean wanted = path == null
                ? now < kept.expires
                : (kept.hops <= path.inUse().hops() || now > path.inUse().expires())
                        && Blobs.latest(kept.blobs) >= path.timebase();
        if (wanted) {
            Candidate way = new Candidate(port.anchor(), kept.next, kept.hops, now, now, kept.expires, kept.announce);
            paths.reinstate(destination, way, kept.blobs);
        }
        return wanted;
    }

    /** One tunnel; its interface may be away. */
    public static final class Tunnel {

        private final byte[] id;
        private final Map<DestinationHash, Kept> paths = new HashMap<>();
        private Port port;
        private long expires;

        Tunnel(byte[] id) {
            this.id = id;
        }

        /** For restoring. */
        public static Tunnel stored(byte[] id, long expires, Map<DestinationHash, Kept> paths) {
            Tunnel tunnel = new Tunnel(id);
            tunnel.expires = expires;
            tunnel.paths.putAll(paths);
            return tunnel;
        }

        public byte[] id() {
            return id;
        }

        /** The interface it is bound to; empty while that is away. */
        public Optional<Port> port() {
            return Optional.ofNullable(port);
        }

        public long expires() {
            return expires;
        }

        public Map<DestinationHash, Kept> paths() {
            return paths;
        }
    }

    /**
     * A path that a tunnel keeps.
     *
     * @param heard when its announce came, in router time
     * @param next next node
     * @param hops hops to the destination
     * @param expires as for the path
     * @param blobs newest random blobs
     * @param announce the payload of its announce
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Kept(long heard, DestinationHash next, int hops, long expires, byte[] blobs, Announce announce) {

        public Kept {
            blobs = Blobs.newest(blobs, BLOBS);
        }
    }
}
