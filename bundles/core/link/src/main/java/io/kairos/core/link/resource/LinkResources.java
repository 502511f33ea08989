package io.kairos.core.link.resource;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer.Status;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.time.Timers;
import io.kairos.lib.wire.HashmapUpdate;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import io.kairos.lib.wire.ResourceProofCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The resources of one link in both directions. One is sent at a time, others wait.
 *
 * <p>Threads: {@link #send} may be called by any, everything else by the mailbox of the link.
 */
public final class LinkResources {

    private static final long LONGEST_NAP = 250_000_000L;
    private static final long SHORTEST_NAP = 5_000_000L;

    private final ResourceHost host;
    private final SendBudget budget;
    private final IncomingResources incoming;
    private final Deque<OutgoingTransfer> waiting = new ArrayDeque<>();
    private OutgoingTransfer sending;
    private Timers.Timer timer;
    private boolean closed;

    public LinkResources(ResourceHost host, ReceiveBudget receiving, SendBudget sending) {
        this.host = host;
        this.budget = sending;
        this.incoming = new IncomingResources(host, receiving, this::watch);
    }

    /**
     * Offers a resource as soon as those before it have ended.
     *
     * @param requestId request it belongs to, or {@code null}
     * @param flags {@link ResourceAdvertisement#REQUEST}, {@link ResourceAdvertisement#RESPONSE} or 0
     */
    public Transfer send(ResourceData data, ResourceOptions options, byte[] requestId, int flags) {
        byte[] metadata = SegmentMaker.packMetadata(options.metadata());
        SegmentMaker maker = new SegmentMaker(
                data,
                metadata,
                options.compress(),
                host.wire().token(),
                host.wire().partBytes(),
                host.surroundings().random());
        Transfer transfer =
                new Transfer(false, maker.totalBytes(), host.surroundings().clock(), host.callbacks());
        int all = flags | (metadata.length > 0 ? ResourceAdvertisement.METADATA : 0);
        OutgoingTransfer outgoing = new OutgoingTransfer(host, budget, maker, transfer, requestId, all, this::next);
        transfer.onCancel(cancelled -> host.mailbox().run(() -> cancel(outgoing)));
        transfer.status(Status.QUEUED);
        host.mailbox().run(() -> enqueue(outgoing));
        return transfer;
    }

    private void enqueue(OutgoingTransfer outgoing) {
        if (closed) {
            outgoing.cancel();
            return;
        }
        waiting.add(outgoing);
        if (sending == null) {
            next();
        }
    }

    private void cancel(OutgoingTransfer outgoing) {
        if (waiting.remove(outgoing)) {
            outgoing.transfer().end(Status.FAILED);
        } else {
            outgoing.cancel();
        }
    }

    private void next() {
        sending = closed ? null : waiting.poll();
        if (sending != null) {
            sending.begin();
            watch();
        }
    }

    /** A decrypted control message. */
    public void control(int context, byte[] plaintext, InboundPacket packet) {
        try {
            switch (context) {
                case PacketContext.RESOURCE_ADVERTISEMENT -> incoming.offered(plaintext);
                case PacketContext.RESOURCE_REQUEST -> requested(PartRequest.decode(plaintext), packet.hash());
                case PacketContext.RESOURCE_HASHMAP_UPDATE -> incoming.update(HashmapUpdate.decode(plaintext));
                case PacketContext.RESOURCE_INITIATOR_CANCEL -> incoming.cancelled(plaintext);
                default -> refused(plaintext);
            }
        } catch (MalformedException e) {
            return; // as if it had been lost on the way
        }
        watch();
    }

    private void requested(PartRequest request, byte[] packetHash) {
        if (sending != null && sending.sends(request.segmentHash())) {
            sending.requested(request, packetHash);
        }
    }

    private void refused(byte[] segmentHash) {
        if (sending != null && sending.sends(segmentHash)) {
            sending.rejected();
        }
    }

    public void part(InboundPacket packet) {
        incoming.part(packet);
    }

    public void proof(InboundPacket packet) {
        try {
            if (sending != null) {
                sending.proved(ResourceProofCodec.decode(packet.data()));
            }
        } catch (MalformedException e) {
            return; // as if it had been lost on the way
        }
        watch();
    }

    /** A packet is asked for again. */
    public void cacheRequest(byte[] packetHash) {
        incoming.askedFor(packetHash);
    }

    /** Time-outs are looked at a few times a second while something is under way, not for each part. */
    private void watch() {
        if (timer == null && !closed && (sending != null || !incoming.isIdle())) {
            long now = host.surroundings().clock().nanos();
            long deadline = Math.min(incoming.deadline(), sending == null ? Long.MAX_VALUE : sending.deadline());
            long due = deadline == Long.MAX_VALUE ? LONGEST_NAP : deadline - now;
            long nap = Math.max(SHORTEST_NAP, Math.min(LONGEST_NAP, due));
            timer = host.surroundings()
                    .timers()
                    .after(Duration.ofNanos(nap), () -> host.mailbox().run(this::tick));
        }
    }

    private void tick() {
        timer = null;
        if (closed) {
            return;
        }
        long now = host.surroundings().clock().nanos();
        if (sending != null) {
            sending.tick(now);
        }
        incoming.tick(now);
        watch();
    }

    /** The link has closed: everything ends. */
    public void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
        if (sending != null) {
            sending.cancel();
        }
        while (!waiting.isEmpty()) {
            waiting.poll().transfer().end(Status.FAILED);
        }
        incoming.close();
    }
}
