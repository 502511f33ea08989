package io.kairos.core.router;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.LocalReceiver;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.ProofReceiver;
import io.kairos.core.router.announce.AnnounceSender;
import io.kairos.core.router.forward.Delivery;
import io.kairos.core.router.forward.LocalAddress;
import io.kairos.core.router.forward.PacketFilter;
import io.kairos.core.router.forward.Traffic;
import io.kairos.core.router.path.Candidate;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.OriginHops;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import io.kairos.core.router.request.OwnRequests;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The router as destinations and links of this node see it. Threads: any. */
final class LocalTraffic implements PacketRouter {

    private static final int ANNOUNCE = PacketType.ANNOUNCE.bits();
    private static final int SINGLE = DestinationType.SINGLE.bits();
    private static final int LINK = DestinationType.LINK.bits();
    private static final Duration UNKNOWN_FIRST_HOP = Duration.ofSeconds(6);

    private final DestinationHash id;
    private final boolean forwards;
    private final NodeTime time;
    private final Executor tables;
    private final Ports ports;
    private final Traffic traffic;
    private final OriginHops origin;
    private final Delivery delivery;
    private final PathBook paths;
    private final OwnRequests requests;
    private final ProgramDuties duties;

    LocalTraffic(
            DestinationHash id,
            boolean forwards,
            NodeTime time,
            Executor tables,
            Ports ports,
            Traffic traffic,
            OriginHops origin,
            Delivery delivery,
            PathBook paths,
            OwnRequests requests,
            ProgramDuties duties) {
        this.id = id;
        this.forwards = forwards;
        this.time = time;
        this.tables = tables;
        this.ports = ports;
        this.traffic = traffic;
        this.origin = origin;
        this.delivery = delivery;
        this.paths = paths;
        this.requests = requests;
        this.duties = duties;
    }

    @Override
    public DestinationHash transportId() {
        return id;
    }

    @Override
    public boolean forwards() {
        return forwards;
    }

    @Override
    public Registration register(DestinationHash address, DestinationType type, LocalReceiver receiver) {
        LocalAddress local = new LocalAddress(address, type, receiver);
        if (!traffic.locals().putIfAbsent(local)) {
            throw new IllegalStateException("the address is registered already");
        }
        duties.registered(local);
        return () -> traffic.locals().remove(local);
    }

    @Override
    public Registration registerProofs(ProofReceiver receiver) {
        delivery.proofReceivers().add(receiver);
        return () -> delivery.proofReceivers().remove(receiver);
    }

    @Override
    public int send(byte[] packet, int length, InterfaceHandle only, boolean more) {
        if (!PacketBytes.isWellFormed(packet, 0, length) || PacketBytes.hasTransport(packet, 0)) {
            throw new IllegalArgumentException("only complete HEADER_1 packets can be sent");
        }
        if (only != null) {
            if (!PacketFilter.mayRepeat(PacketBytes.context(packet, 0))) {
                remember(packet, length);
            }
            return transmit(asPort(only), packet, length, more) ? 1 : 0;
        }
        int type = PacketBytes.type(packet, 0);
        int destinationType = PacketBytes.destinationType(packet, 0);
        if (type == ANNOUNCE) {
            return broadcast(packet, length, more, true);
        }
        DestinationHash destination = PacketBytes.destination(packet, 0);
        Path path = destinationType == SINGLE ? traffic.paths().get(destination.high(), destination.low()) : null;
        Candidate way = path == null ? null : path.way();
        Port out = way == null ? null : way.port();
        if (out != null) {
            return alongPath(way, out, packet, length, more);
        }
        if (destinationType == LINK) {
            return 0; // a link packet without its interface would go where the link is not
        }
        remember(packet, length);
        return broadcast(packet, length, more, false);
    }

    private int alongPath(Candidate way, Port out, byte[] packet, int length, boolean more) {
        boolean needsCarrier = way.hops() > 1 || way.hops() == 1 && out.isSharedInstance();
        if (!needsCarrier) {
            return transmit(out, packet, length, more) ? 1 : 0;
        }
        way.markUsed(time.millis());
        int hops = origin.leaving(PacketBytes.hops(packet, 0), out);
        byte[] routed = PacketBytes.withTransport(packet, length, way.next(), hops, false);
        return transmit(out, routed, routed.length, more) ? 1 : 0;
    }

    private int broadcast(byte[] packet, int length, boolean more, boolean announce) {
        int sent = 0;
        for (Port out : ports.all()) {
            if (!announce || AnnounceSender.ownMayGo(out)) {
                sent += transmit(out, packet, length, more) ? 1 : 0;
            }
        }
        return sent;
    }

    private boolean transmit(Port out, byte[] given, int givenLength, boolean more) {
        byte[] packet = given;
        int length = givenLength;
        if (origin.isHidden() && isHideable(given) && !out.isSameMachine()) {
            packet = hidden(given, givenLength);
            length = packet.length;
        }
        boolean sent = !out.isGone() && out.transmit(packet, 0, length);
        if (sent && PacketBytes.type(packet, 0) == ANNOUNCE) {
            out.announcesOut().count(time.millis());
        }
        if (!more) {
            out.flush();
        }
        return sent;
    }

    private static boolean isHideable(byte[] packet) {
        int destinationType = PacketBytes.destinationType(packet, 0);
        return PacketBytes.hops(packet, 0) == 0 && (destinationType == SINGLE || destinationType == LINK);
    }

    /** As if it had come a long way; an announce also says through which node, or its first hop would show. */
    private byte[] hidden(byte[] packet, int length) {
        if (PacketBytes.type(packet, 0) == ANNOUNCE && !PacketBytes.hasTransport(packet, 0)) {
            return PacketBytes.withTransport(packet, length, id, origin.delta(), true);
        }
        byte[] copy = Arrays.copyOf(packet, length);
        copy[1] = (byte) origin.delta();
        return copy;
    }

    /** Notes the hash, so that an echo of this packet is not taken for one of others. */
    private void remember(byte[] packet, int length) {
        byte[] hash = new byte[32];
        PacketBytes.hash(packet, 0, length, hash, 0);
        traffic.duplicates().add(hash, 0);
    }

    @Override
    public void flush(InterfaceHandle on) {
        asPort(on).flush();
    }

    @Override
    public Optional<NextHop> nextHop(DestinationHash destination) {
        Path path = traffic.paths().get(destination.high(), destination.low());
        Candidate way = path == null ? null : path.way();
        Port out = way == null ? null : way.port();
        return out == null ? Optional.empty() : Optional.of(new NextHop(way.hops(), out));
    }

    @Override
    public Optional<InterfaceHandle> interfaceNamed(String name) {
        for (Port port : ports.all()) {
            if (port.name().equals(name) && !port.isGone()) {
                return Optional.of(port);
            }
        }
        return Optional.empty();
    }

    @Override
    public CompletionStage<Boolean> requestPath(DestinationHash destination, Duration timeout) {
        if (paths.usable(destination) != null) {
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        tables.execute(() -> {
            requests.ask(destination, timeout, answer);
            if (paths.usable(destination) != null) { // found between the question and this moment
                requests.found(destination);
            }
        });
        return answer;
    }

    @Override
    public void rediscover(DestinationHash destination) {
        Port[] instances = ports.sharedInstances(); // one would answer with the path that has just failed
        tables.execute(() -> requests.rediscover(destination, instances.length == 0 ? null : instances[0]));
    }

    @Override
    public void expirePath(DestinationHash destination) {
        tables.execute(() -> paths.drop(destination));
    }

    @Override
    public void markUnresponsive(DestinationHash destination) {
        tables.execute(() -> paths.failed(destination));
    }

    @Override
    public void markResponsive(DestinationHash destination, Duration roundTrip) {
        tables.execute(() -> paths.answered(destination, roundTrip));
    }

    @Override
    public void correctHops(DestinationHash destination, int hops) {
        tables.execute(() -> paths.correctHops(destination, hops));
    }

    @Override
    public Duration firstHopTimeout(DestinationHash destination) {
        return nextHop(destination)
                .map(next -> UNKNOWN_FIRST_HOP.plusNanos(
                        PacketBytes.MTU * 8_000_000_000L / next.via().budget().bitsPerSecond()))
                .orElse(UNKNOWN_FIRST_HOP);
    }

    private static Port asPort(InterfaceHandle handle) {
        if (handle instanceof Port port) {
            return port;
        }
        throw new IllegalArgumentException("not an interface of this router: " + handle.name());
    }
}
