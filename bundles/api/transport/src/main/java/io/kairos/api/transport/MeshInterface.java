package io.kairos.api.transport;

import io.kairos.api.failure.Failure;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One configured medium over which packets come and go.
 *
 * <p>Life: {@code STARTING}, then {@code UP} and {@code DOWN} as often as the medium decides, at last {@code CLOSED}. A
 * medium that is not there yet (a radio that is unplugged, a host that is asleep, a port that is taken) is {@code DOWN}
 * with a failure that tells why, never an exception: keep trying, with growing pauses.
 *
 * <p>Threads: any thread may call any method at any time. Except for {@link #close()}, no method blocks for longer than it
 * takes to copy a packet. Nothing is started in the constructor that cannot be ended in {@link #close()}.
 *
 * <p>The service property {@link #KIND} names the kind of medium.
 */
@ConsumerType
public interface MeshInterface extends AutoCloseable {

    /** Service property: the kind of medium, for example {@code tcp-client}. */
    String KIND = "kairos.transport.kind";

    /** The name its operator chose; unique on this node and constant. */
    String name();

    /** The kind of medium, for example {@code tcp-client}; the value of {@link #KIND}. */
    String kind();

    /**
     * The text by which Reticulum programs know this interface, for example {@code TCPInterface[hub/198.51.100.7:4242]}.
     * Its hash binds stored paths and tunnels to the interface over restarts, so it must not change while the settings
     * stay the same.
     */
    String description();

    /**
     * The core is here. Received packets go to {@code sink} from now on. Neighbours that are interfaces of their own are
     * reported to the sink too, those that are connected already at once. An earlier sink is replaced.
     */
    void attach(PacketSink sink);

    /**
     * The core is gone, perhaps only being replaced: connections stay; what arrives is dropped and counted. Another
     * {@link #attach} may follow. Afterwards the old sink stays silent.
     */
    void detach();

    /** Where the interface is in its life, and why. */
    InterfaceStatus status();

    /** What one packet costs here. May change while up; tell the sink by {@link PacketSink#changed()}. */
    LinkBudget budget();

    /**
     * Whether packets travel on this interface itself. A medium whose neighbours are children says false: the core sends to
     * the children, never to their parent. Constant.
     */
    default boolean carriesPackets() {
        return true;
    }

    /**
     * Where this interface meets others. The core attaches it only where none of them is an endpoint of an interface of
     * another network. Tell the sink by {@link PacketSink#changed()} when they change; never blocks, looks up no names.
     * Empty while disabled, and for media that cannot say.
     */
    default Set<Endpoint> endpoints() {
        return Set.of();
    }

    /**
     * The core keeps the medium closed, because one of its {@link #endpoints()} belongs to another network, or lets it go
     * on. While held it opens nothing, has closed what was open, is {@code DOWN} with the failure given, and still tells its
     * endpoints. A medium that has no endpoints need not care.
     *
     * @param why what its status says; empty lets it open again
     */
    default void hold(Optional<Failure> why) {}

    /**
     * Whether the other end is a program on this machine that uses this node as its own: it counts as no hop, and it is
     * served even where the node forwards nothing for others (docs/protocol/shared-instance.md). Constant; said
     * by the interface that carries the packets, which for a medium with children is the child.
     */
    default boolean servesLocalProgram() {
        return false;
    }

    /**
     * Whether the other end is the shared instance of this machine and this node one of its programs: the way there counts
     * as no hop, what comes from there is filtered already, and everything that was learned over it ends with the
     * connection (docs/protocol/shared-instance.md). Such an interface is closed while the node forwards for others.
     * Constant.
     */
    default boolean leadsToSharedInstance() {
        return false;
    }

    /**
     * What it tells to those who may want to join it; asked only where its policy says that it is announced. Empty for media
     * which nobody can join from afar.
     */
    default Optional<Offer> offer() {
        return Optional.empty();
    }

    /** How the core shall treat this interface; children have the policy of their parent. */
    InterfacePolicy policy();

    /**
     * What the medium measures or is told by its device, the latest value of each: signal, load of the channel, battery.
     * Empty for media that measure nothing.
     */
    default List<Reading> readings() {
        return List.of();
    }

    /**
     * Whom a medium without children can tell apart among those it hears, the last one heard first; a bounded list. Names are
     * what the sender claims, nothing has been proven. Empty for media that do not know who sends, and for those whose
     * neighbours are interfaces of their own.
     */
    default List<Neighbour> neighbours() {
        return List.of();
    }

    /** What has come and gone since the interface was made. A parent counts what its children carry. */
    InterfaceCounters counters();

    /**
     * Sends or queues one packet. Delivery is not promised; while not {@code UP} packets are dropped and counted. When the
     * send queue is full the packet is dropped and counted. An interface that carries no packets drops what is sent to it.
     *
     * @param packet a heap buffer, read from its position to its limit before the method returns, at most
     *     {@link LinkBudget#packetBytes()} plus the size of the access code
     */
    void send(ByteBuffer packet);

    /** Ends a burst of {@link #send}: what is still buffered leaves now. Media that do not buffer need not care. */
    default void flush() {}

    /** Ends everything within a second: threads, ports, timers. Afterwards the sink stays silent. */
    @Override
    void close();
}
