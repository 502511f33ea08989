package io.kairos.test.conformance;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.Decision;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.ResourceTransfer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A destination of this bridge and everything that has come to it.
 *
 * <p>Threads: any.
 */
final class WireListener {

    /** The type of the messages that the suite sends on channels. */
    static final int MESSAGE_TYPE = 0x0101;

    /** What the listeners of the suite decompress at most. */
    static final long DECOMPRESSED_BYTES = 256 << 10;

    private static final long LARGEST_OFFER = 4096;

    /** What a listener does with links. */
    record Manners(String resources, boolean channel, List<Integer> streams) {

        /** Keeps announced destinations apart from those that listen. */
        static final Manners SILENT = new Manners("none", false, List.of());
    }

    /** A resource that arrives. */
    static final class Arriving {
        final ResourceTransfer transfer;
        final WireLink over;
        volatile byte[] data;
        volatile Optional<Object> metadata = Optional.empty();
        volatile boolean concluded;

        Arriving(ResourceTransfer transfer, WireLink over) {
            this.transfer = transfer;
            this.over = over;
        }
    }

    /** The bytes of a stream so far. */
    static final class Stream {
        final ConcurrentLinkedQueue<byte[]> pieces = new ConcurrentLinkedQueue<>();
        volatile boolean ended;
    }

    final LocalIdentity identity;
    final ConcurrentLinkedQueue<byte[]> opportunistic = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<byte[]> packets = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<byte[]> resources = new ConcurrentLinkedQueue<>();
    final List<Arriving> arriving = new CopyOnWriteArrayList<>();
    final List<WireLink> links = new CopyOnWriteArrayList<>();
    final Map<Integer, Stream> streams = new ConcurrentHashMap<>();
    final Map<String, List<LocalDestination.IncomingRequest>> requests = new ConcurrentHashMap<>();
    private final WireNode node;
    private final Manners manners;
    private volatile DestinationSettings settings;
    private volatile LocalDestination destination;

    WireListener(WireNode node, DestinationSettings settings, Manners manners) {
        this.node = node;
        this.settings = settings;
        this.manners = manners;
        this.identity = settings.identity().orElseThrow();
    }

    /** Opens the destination, the first time or again after the endpoints were made anew. */
    void open(Endpoints endpoints) {
        LocalDestination opened = endpoints.open(settings);
        destination = opened;
        opened.onPacket((data, reception) -> {
            opportunistic.add(data);
            return wantsProof(data);
        });
        opened.onLink(this::linked);
    }

    /** What the suite wants of a destination that decides itself: the first byte says it. */
    static boolean wantsProof(byte[] data) {
        return data.length > 0 && data[0] == 1;
    }

    LocalDestination destination() {
        return destination;
    }

    void proofs(DestinationSettings.ProofStrategy strategy) {
        settings = settings.withProofs(strategy);
        destination.proofs(strategy);
    }

    private void linked(Link link) {
        WireLink wired = node.keep(link);
        links.add(wired);
        link.onPacket(data -> {
            wired.received.add(data);
            packets.add(data);
        });
        link.proveWhere(WireListener::wantsProof);
        link.acceptResources(this::decide);
        link.onResource(transfer -> receive(transfer, wired));
        if (manners.channel()) {
            link.channel().onMessage(MESSAGE_TYPE, wired.messages::add);
            manners.streams().forEach(id -> {
                Stream stream = streams.computeIfAbsent(id, key -> new Stream());
                link.channel().onStream(id, piece -> {
                    if (piece.length == 0) {
                        stream.ended = true;
                    } else {
                        stream.pieces.add(piece);
                    }
                });
            });
        }
    }

    private Decision decide(Link.ResourceOffer offer) {
        return switch (manners.resources()) {
            case "all" -> Decision.ACCEPT;
            case "app" -> offer.size() <= LARGEST_OFFER ? Decision.ACCEPT : Decision.REJECT;
            default -> Decision.IGNORE;
        };
    }

    private void receive(ResourceTransfer transfer, WireLink over) {
        Arriving one = new Arriving(transfer, over);
        arriving.add(one);
        transfer.outcome().thenAccept(status -> {
            transfer.data().ifPresent(data -> {
                try (InputStream in = data.open(0)) {
                    one.data = in.readAllBytes();
                    resources.add(one.data);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            one.metadata = transfer.metadata();
            one.concluded = true;
        });
    }
}
