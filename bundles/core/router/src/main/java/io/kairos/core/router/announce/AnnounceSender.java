package io.kairos.core.router.announce;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.AnnouncePacer;
import io.kairos.core.router.ports.OriginHops;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Sends relayed announces: on one interface, or on all that the mode rules allow and within their announce cap
 * (docs/protocol/transport.md). Threads: belongs to the owner of the tables.
 */
public final class AnnounceSender {

    private static final int ANNOUNCE = PacketBytes.flags(PacketType.ANNOUNCE, DestinationType.SINGLE);

    private final DestinationHash id;
    private final NodeTime time;
    private final Timers timers;
    private final Executor tables;
    private final Ports ports;
    private final PathBook paths;
    private final Predicate<DestinationHash> isLocal;
    private final OriginHops origin;
    private final Refusals refusals;

    public AnnounceSender(
            DestinationHash id,
            NodeTime time,
            Timers timers,
            Executor tables,
            Ports ports,
            PathBook paths,
            Predicate<DestinationHash> isLocal,
            OriginHops origin,
            Refusals refusals) {
        this.id = id;
        this.time = time;
        this.timers = timers;
        this.tables = tables;
        this.ports = ports;
        this.paths = paths;
        this.isLocal = isLocal;
        this.origin = origin;
        this.refusals = refusals;
    }

    /** Sends an announce as path response on one interface. */
    public void respond(DestinationHash destination, Announce announce, int hops, Port on) {
        byte[] raw = packet(destination, announce, origin.leaving(hops, on), PacketContext.PATH_RESPONSE);
        if (raw != null) {
            transmit(on, raw);
            on.flush();
        }
    }

    /**
     * Tells programs on this machine of an announce at once: they know only what the node tells them.
     *
     * @param except the program it came from, or any other interface
     */
    public void tellPrograms(DestinationHash destination, Announce announce, int hops, Port except) {
        Port[] programs = ports.programs();
        byte[] raw = programs.length == 0 ? null : packet(destination, announce, hops, PacketContext.NONE);
        if (raw == null) {
            return;
        }
        for (Port program : programs) {
            if (program != except) {
                transmit(program, raw);
                program.flush();
            }
        }
    }

    /** Repeats an announce wherever it may go; programs on this machine have been told already. */
    public void repeat(DestinationHash destination, Announce announce, int hops) {
        byte[] raw = packet(destination, announce, hops, PacketContext.NONE);
        if (raw == null) {
            return;
        }
        boolean local = isLocal.test(destination);
        Path path = paths.usable(destination);
        Port source = path == null ? null : path.port();
        InterfacePolicy from = source == null ? null : source.policy();
        for (Port out : ports.all()) {
            if (out.isProgram()) {
                continue;
            }
            raw[1] = (byte) origin.leaving(hops, out);
            switch (ModeRules.judge(local, from, out.policy())) {
                case SEND -> transmit(out, raw);
                case SEND_PACED -> {
                    if (hops > 0) {
                        pace(out, destination, hops, announce.emissionSeconds(), raw);
                    } else {
                        transmit(out, raw);
                    }
                }
                case BLOCK -> {}
            }
        }
    }

    /** Ends a round of {@link #repeat}. */
    public void flush() {
        for (Port port : ports.all()) {
            port.flush();
        }
    }

    /** Whether this node may send announces on an interface: own ones, which only access points do not want. */
    public static boolean ownMayGo(Port out) {
        return ModeRules.judge(true, null, out.policy()) != ModeRules.Verdict.BLOCK;
    }

    private void pace(Port out, DestinationHash destination, int hops, long emission, byte[] raw) {
        long bits = out.budget().bitsPerSecond();
        double share = out.announceShare();
        switch (out.pacer().offer(destination, hops, emission, raw, bits, share, time.nanos())) {
            case SEND_NOW -> transmit(out, raw);
            case QUEUED_FIRST -> schedule(out);
            case FULL -> refusals.count(Refusal.ANNOUNCE_CAP_FULL);
            case QUEUED, KEPT_NEWER -> {}
        }
    }

    private void schedule(Port out) {
        Duration wait = Duration.ofNanos(Math.max(0, out.pacer().waitNanos(time.nanos())));
        timers.after(wait, () -> tables.execute(() -> release(out)));
    }

    private void release(Port out) {
        if (out.isGone()) {
            out.pacer().clear();
            return;
        }
        long bits = out.budget().bitsPerSecond();
        double share = out.announceShare();
        boolean sent = false;
        AnnouncePacer.Queued due;
        while ((due = out.pacer().next(bits, share, time.nanos())) != null) {
            transmit(out, due.raw());
            sent = true;
        }
        if (sent) {
            out.flush();
        }
        if (out.pacer().size() > 0) {
            schedule(out);
        }
    }

    private void transmit(Port out, byte[] raw) {
        if (out.transmit(raw, 0, raw.length)) {
            out.announcesOut().count(time.millis());
        }
    }

    /** The hash of the packet in which an announce is sent; empty where it is too long to be sent. */
    Optional<byte[]> packetHash(DestinationHash destination, Announce announce, int context) {
        return Optional.ofNullable(packet(destination, announce, 0, context)).map(PacketBytes::hash);
    }

    /** With this node's transport id; {@code null} where it would be longer than every node carries. */
    private byte[] packet(DestinationHash destination, Announce announce, int hops, int context) {
        byte[] payload = announce.payload();
        if (PacketBytes.LONG_HEADER + payload.length > PacketBytes.MTU) {
            refusals.count(Refusal.ANNOUNCE_TOO_LONG);
            return null;
        }
        int flags = ANNOUNCE | (announce.hasRatchet() ? PacketBytes.CONTEXT_FLAG : 0);
        return PacketBytes.buildInTransport(flags, id, destination, hops, context, payload);
    }
}
