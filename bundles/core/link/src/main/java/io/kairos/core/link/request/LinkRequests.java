package io.kairos.core.link.request;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.FileResponse;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.Decision;
import io.kairos.api.link.LocalDestination.IncomingRequest;
import io.kairos.api.link.PendingRequest;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer.Status;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.packet.PacketContext;
import io.kairos.core.link.destination.RequestHandlers;
import io.kairos.core.link.resource.Transfer;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.RequestCodec;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests and responses of one link, in packets where they fit and in resources where not.
 *
 * <p>Threads: any. Handlers run one at a time on the handlers' queue of the link. Specification: docs/protocol/link.md.
 */
public final class LinkRequests {

    private static final Logger LOG = LoggerFactory.getLogger(LinkRequests.class);
    private static final double ROUND_TRIPS = 6;
    private static final double GRACE_SECONDS = 11.25;
    private static final int LARGEST_IN_MEMORY = 64 << 20;
    private static final ResourceOptions PLAIN = ResourceOptions.DEFAULT;

    private final RequestHost host;
    private final Map<ByteBuffer, Ask> asked = new ConcurrentHashMap<>();

    public LinkRequests(RequestHost host) {
        this.host = host;
    }

    /** Asks; see {@link Link#request}. */
    public PendingRequest ask(String path, Object data, Duration timeout) {
        if (!host.isActive()) {
            throw new MeshException(
                    Failure.Kind.PEER, "The link is not up", "Open a new one and ask again when it is.");
        }
        byte[] packed = RequestCodec.request(host.surroundings().wallSeconds(), RequestCodec.pathHash(path), data);
        Duration patience = timeout.isZero() ? byRoundTrip() : timeout;
        return packed.length <= host.wire().payloadBytes()
                ? askInPacket(packed, patience)
                : askInResource(packed, patience);
    }

    private Duration byRoundTrip() {
        return Duration.ofNanos(Math.round((host.roundTripSeconds() * ROUND_TRIPS + GRACE_SECONDS) * 1e9));
    }

    private Ask askInPacket(byte[] packed, Duration patience) {
        byte[] packet = host.wire().sealed(PacketContext.REQUEST, packed).orElse(new byte[0]);
        Ask ask = remember(packet.length == 0 ? new byte[0] : Arrays.copyOf(PacketBytes.hash(packet), RequestCodec.ID));
        if (packet.length == 0 || !host.wire().send(packet)) {
            fail(ask, "The request could not be sent");
            return ask;
        }
        startTimer(ask, patience);
        return ask;
    }

    private Ask askInResource(byte[] packed, Duration patience) {
        byte[] id = Hashes.truncated(packed);
        Ask ask = remember(id);
        Transfer transfer = host.sendResource(ResourceData.of(packed), PLAIN, id, ResourceAdvertisement.REQUEST);
        transfer.outcome().thenAccept(status -> {
            if (status == Status.COMPLETE) {
                ask.delivered();
                if (ask.status() == PendingRequest.Status.DELIVERED) {
                    startTimer(ask, patience);
                }
            } else {
                fail(ask, "The request did not get through");
            }
        });
        return ask;
    }

    private Ask remember(byte[] id) {
        Ask ask = new Ask(id, host.surroundings().clock().nanos(), host.callbacks());
        asked.put(ByteBuffer.wrap(id), ask);
        return ask;
    }

    private void startTimer(Ask ask, Duration patience) {
        ask.timer(host.surroundings().timers().after(patience, () -> fail(ask, "There was no answer in time")));
    }

    private void fail(Ask ask, String why) {
        asked.remove(ByteBuffer.wrap(ask.id()), ask);
        ask.failed(why);
    }

    /** A response has arrived in a packet. */
    public void responded(byte[] plaintext) {
        try {
            RequestCodec.Response response = RequestCodec.decodeResponse(plaintext);
            Ask ask = asked.remove(ByteBuffer.wrap(response.requestId()));
            if (ask != null) {
                ask.ready(
                        response.value(),
                        Optional.empty(),
                        host.surroundings().clock().nanos());
            }
        } catch (MalformedException e) {
            return; // no answer to anything
        }
    }

    /** Whether a resource that carries a request or a response may come; empty where it carries neither. */
    public Optional<Decision> judge(ResourceAdvertisement offer) {
        if (offer.requestId().isEmpty()) {
            return Optional.empty();
        }
        if (offer.has(ResourceAdvertisement.REQUEST)) {
            return Optional.of(judgeRequest(offer));
        }
        if (offer.has(ResourceAdvertisement.RESPONSE)) {
            boolean wanted = asked.containsKey(ByteBuffer.wrap(offer.requestId().get()));
            return Optional.of(wanted ? Decision.ACCEPT : Decision.IGNORE);
        }
        return Optional.empty();
    }

    private Decision judgeRequest(ResourceAdvertisement offer) {
        boolean answers =
                host.handlers().filter(handlers -> !handlers.isEmpty()).isPresent();
        if (!answers) {
            return Decision.IGNORE;
        }
        int own = host.maximumRequestBytes();
        int limit = own > 0 ? Math.min(own, LARGEST_IN_MEMORY) : LARGEST_IN_MEMORY;
        return offer.totalBytes() > limit ? Decision.REJECT : Decision.ACCEPT;
    }

    /** Such a resource has begun to arrive. */
    public void started(ResourceAdvertisement offer, Transfer transfer) {
        byte[] id = offer.requestId().orElseThrow();
        if (offer.has(ResourceAdvertisement.REQUEST)) {
            transfer.outcome().thenAccept(status -> requestArrived(id, status, transfer));
        } else {
            Ask ask = asked.get(ByteBuffer.wrap(id));
            if (ask != null) {
                ask.receiving(transfer::progress);
                transfer.outcome().thenAccept(status -> responseArrived(ask, status, transfer));
            }
        }
    }

    private void requestArrived(byte[] id, Status status, Transfer transfer) {
        if (status == Status.COMPLETE) {
            try {
                byte[] packed = readAll(transfer);
                transfer.release();
                if (Hashes.same(id, Hashes.truncated(packed))) {
                    answer(id, RequestCodec.decodeRequest(packed));
                }
            } catch (IOException | MalformedException e) {
                LOG.debug("A long request cannot be used: {}", e.getMessage());
            }
        }
    }

    private void responseArrived(Ask ask, Status status, Transfer transfer) {
        asked.remove(ByteBuffer.wrap(ask.id()), ask);
        long now = host.surroundings().clock().nanos();
        if (status != Status.COMPLETE) {
            ask.failed("The answer did not get through");
        } else if (transfer.hasMetadata()) {
            ask.ready(transfer.data().orElseThrow(), transfer.metadata(), now);
        } else {
            try {
                RequestCodec.Response response = RequestCodec.decodeResponse(readAll(transfer));
                transfer.release();
                ask.ready(response.value(), Optional.empty(), now);
            } catch (IOException | MalformedException e) {
                ask.failed("The answer cannot be read");
            }
        }
    }

    private static byte[] readAll(Transfer transfer) throws IOException {
        ResourceData data = transfer.data().orElseThrow(() -> new IOException("nothing was received"));
        if (data.length() > LARGEST_IN_MEMORY) {
            throw new IOException("too long for one value");
        }
        try (InputStream in = data.open(0)) {
            return in.readAllBytes();
        }
    }

    /**
     * A request has arrived in a packet.
     *
     * @param packetHash hash of the encrypted packet, of which the first half is the request id
     */
    public void asked(byte[] plaintext, byte[] packetHash) {
        int limit = host.maximumRequestBytes();
        if (!host.isActive() || limit > 0 && plaintext.length > limit) {
            return;
        }
        byte[] id = Arrays.copyOf(packetHash, RequestCodec.ID);
        try {
            RequestCodec.Request request = RequestCodec.decodeRequest(plaintext);
            host.callbacks().offer(() -> answer(id, request));
        } catch (MalformedException e) {
            return; // no question to answer
        }
    }

    private void answer(byte[] id, RequestCodec.Request request) {
        Optional<IdentityHash> asker = host.remoteIdentity().map(PublicIdentity::hash);
        Optional<RequestHandlers.Entry> entry =
                host.handlers().flatMap(handlers -> handlers.find(request.pathHash(), asker));
        if (!host.isActive() || entry.isEmpty()) {
            return;
        }
        Object value = entry.get()
                .handler()
                .answer(new Question(entry.get().path(), request.data(), asker, request.seconds(), host.link()));
        if (value instanceof FileResponse response) {
            respondWithFile(id, response);
        } else if (value instanceof ResourceData file) {
            respondWithFile(id, new FileResponse(file, Map.of()));
        } else if (value != null) {
            respond(id, RequestCodec.response(id, value));
        }
    }

    /** Metadata are always sent, even empty ones: they are how the other end tells a file from a value. */
    private void respondWithFile(byte[] id, FileResponse response) {
        ResourceOptions options = new ResourceOptions(Optional.of(response.metadata()), true);
        host.sendResource(response.file(), options, id, ResourceAdvertisement.RESPONSE);
    }

    private void respond(byte[] id, byte[] packed) {
        if (packed.length <= host.wire().payloadBytes()) {
            host.wire().send(PacketContext.RESPONSE, packed);
        } else {
            host.sendResource(ResourceData.of(packed), PLAIN, id, ResourceAdvertisement.RESPONSE);
        }
    }

    /** The link has closed. */
    public void close() {
        for (Ask ask : asked.values()) {
            fail(ask, "The link closed before there was an answer");
        }
    }

    /**
     * A request as its handler sees it.
     *
     * @param path as the handler was registered
     * @param data what was sent along
     * @param remoteIdentity who asks
     * @param requestedAt by the asker's clock
     * @param link over which it came
     */
    private record Question(
            String path, Object data, Optional<IdentityHash> remoteIdentity, double requestedAt, Link link)
            implements IncomingRequest {}
}
