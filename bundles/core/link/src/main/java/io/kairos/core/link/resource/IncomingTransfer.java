package io.kairos.core.link.resource;

import io.kairos.api.crypto.Token;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.link.Link.CloseReason;
import io.kairos.api.link.ResourceTransfer.Status;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.routing.InboundPacket;
import io.kairos.core.link.LinkTally.Event;
import io.kairos.core.link.LinkWire;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.wire.HashmapUpdate;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import io.kairos.lib.wire.ResourceProofCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives one resource, segment by segment.
 *
 * <p>Threads: owned by the mailbox of its link, except for the spool, which is used by one job at a time.
 */
final class IncomingTransfer implements ReceiverMachine.Out {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingTransfer.class);
    private static final int LENGTH_OF_METADATA = 3;
    private static final long NEXT_SEGMENT_NANOS = 300_000_000_000L;

    private final ResourceHost host;
    private final LinkWire wire;
    private final IncomingResources owner;
    private final Transfer transfer;
    private final Spool spool;
    private final byte[] firstHash;
    private final int segments;
    private final boolean hasMetadata;
    private ResourceAdvertisement offer;
    private ReceiverMachine machine;
    private boolean assembling;
    private int nextSegment = 1;
    private long idleSince;

    IncomingTransfer(ResourceHost host, IncomingResources owner, ResourceAdvertisement first, Transfer transfer) {
        this.host = host;
        this.wire = host.wire();
        this.owner = owner;
        this.transfer = transfer;
        this.spool = new Spool(host.surroundings().spool());
        this.firstHash = first.firstHash();
        this.segments = first.segments();
        this.hasMetadata = first.has(ResourceAdvertisement.METADATA);
    }

    Transfer transfer() {
        return transfer;
    }

    byte[] firstHash() {
        return firstHash;
    }

    boolean isReceiving(byte[] segmentHash) {
        return offer != null && Arrays.equals(offer.hash(), segmentHash);
    }

    /** Whether {@code next} is the segment that is due. */
    boolean expects(ResourceAdvertisement next) {
        return machine == null
                && !assembling
                && next.segment() == nextSegment
                && next.segments() == segments
                && !transfer.hasEnded();
    }

    /** Begins with a segment; false where there is no memory for it now. */
    boolean begin(ResourceAdvertisement next, Window window, double expectedBits) {
        if (!owner.budget().take(next.streamBytes())) {
            host.tally().count(Event.RESOURCE_NO_MEMORY);
            return false;
        }
        offer = next;
        machine = new ReceiverMachine(next, wire.partBytes(), window, host.roundTripSeconds(), expectedBits, this);
        transfer.status(Status.TRANSFERRING);
        machine.start(now());
        return true;
    }

    private long now() {
        return host.surroundings().clock().nanos();
    }

    boolean part(InboundPacket packet) {
        if (machine == null
                || !machine.part(packet.raw(), packet.dataOffset(), packet.dataLength(), packet.raw().length, now())) {
            return false;
        }
        if (machine != null) {
            double inSegment = (double) machine.receivedParts() / machine.parts();
            transfer.progress((offer.segment() - 1 + inSegment) / segments);
        }
        return true;
    }

    /** The sender repeats its offer. */
    void offeredAgain() {
        if (machine != null) {
            machine.offeredAgain(now());
        }
    }

    void update(HashmapUpdate update) {
        if (machine != null) {
            machine.update(update, now());
        }
    }

    void tick(long now) {
        if (machine != null) {
            machine.tick(now);
        } else if (!assembling && now - idleSince >= NEXT_SEGMENT_NANOS) {
            cancel();
        }
    }

    long deadline() {
        if (machine != null) {
            return machine.deadline();
        }
        return assembling ? Long.MAX_VALUE : idleSince + NEXT_SEGMENT_NANOS;
    }

    /** Gives up, whoever wants it; the other end is told. */
    void cancel() {
        if (!transfer.hasEnded()) {
            failed();
        }
    }

    @Override
    public int request(PartRequest request) {
        return wire.sealed(PacketContext.RESOURCE_REQUEST, request.encode())
                .filter(wire::send)
                .map(packet -> packet.length)
                .orElse(0);
    }

    @Override
    public void failed() {
        if (offer != null && host.isActive()) {
            wire.send(PacketContext.RESOURCE_RECEIVER_CANCEL, offer.hash());
        }
        finish(Status.FAILED);
    }

    @Override
    public void complete() {
        transfer.status(Status.ASSEMBLING);
        ReceiverMachine done = machine;
        machine = null;
        assembling = true;
        owner.remember(done);
        Token token = wire.token();
        if (token == null) {
            finish(Status.FAILED);
            return;
        }
        try {
            host.surroundings().workers().jobs().execute(() -> assemble(token, done.stream()));
        } catch (RejectedExecutionException e) {
            failed();
        }
    }

    private void assemble(Token token, byte[] stream) {
        Assembly assembly =
                new Assembly(offer, spool, host.surroundings().settings().decompressedBytes());
        Assembly.Verdict verdict;
        Object metadata = null;
        int metadataBytes = 0;
        try {
            verdict = assembly.run(token, stream);
            if (verdict == Assembly.Verdict.GOOD && offer.segment() == segments && hasMetadata) {
                byte[] packed = readMetadata();
                metadataBytes = LENGTH_OF_METADATA + packed.length;
                metadata = MessagePack.unpack(packed);
            }
        } catch (IOException | MalformedException e) {
            LOG.debug("A received segment cannot be used: {}", e.getMessage());
            verdict = Assembly.Verdict.CORRUPT;
        }
        Assembly.Verdict last = verdict;
        Object value = metadata;
        int skip = metadataBytes;
        host.mailbox().run(() -> assembled(last, assembly.proof(), value, skip));
    }

    private byte[] readMetadata() throws IOException {
        try (InputStream in = spool.open(0)) {
            byte[] head = in.readNBytes(LENGTH_OF_METADATA);
            if (head.length < LENGTH_OF_METADATA) {
                throw new MalformedException("no room for metadata");
            }
            int length =
                    ByteBuffer.wrap(new byte[] {0, head[0], head[1], head[2]}).getInt();
            if (length > spool.length() - LENGTH_OF_METADATA) {
                throw new MalformedException("metadata are cut short");
            }
            return in.readNBytes(length);
        }
    }

    private void assembled(Assembly.Verdict verdict, byte[] proof, Object metadata, int metadataBytes) {
        assembling = false;
        if (transfer.hasEnded()) {
            deleteSpool();
            return;
        }
        switch (verdict) {
            case GOOD -> {
                byte[] packet = ResourceProofCodec.packet(wire.id(), offer.hash(), proof);
                owner.proofSent(packet);
                segmentDone(metadata, metadataBytes);
                wire.send(packet);
            }
            case CORRUPT -> finish(Status.CORRUPT);
            default -> {
                wire.send(PacketContext.RESOURCE_RECEIVER_CANCEL, offer.hash());
                finish(Status.CORRUPT);
                host.abort(CloseReason.FAILED);
            }
        }
    }

    private void segmentDone(Object metadata, int metadataBytes) {
        owner.budget().giveBack(offer.streamBytes());
        boolean last = offer.segment() == segments;
        offer = null;
        nextSegment++;
        idleSince = now();
        transfer.status(Status.TRANSFERRING);
        if (last) {
            transfer.received(spool, spool.from(metadataBytes), hasMetadata, metadata);
            owner.forget(this);
            transfer.end(Status.COMPLETE);
            host.tally().count(Event.RESOURCE_RECEIVED);
        }
    }

    private void finish(Status status) {
        if (machine != null) {
            machine.cancel();
            machine = null;
        }
        if (offer != null) {
            owner.budget().giveBack(offer.streamBytes());
        }
        owner.forget(this);
        transfer.end(status);
        host.tally().count(Event.RESOURCE_NOT_RECEIVED);
        if (!assembling) {
            deleteSpool();
        }
    }

    private void deleteSpool() {
        try {
            host.surroundings().workers().jobs().execute(() -> {
                try {
                    spool.delete();
                } catch (IOException e) {
                    LOG.warn("A partly received file could not be deleted from the temporary folder of this node", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The node ends; its temporary folder is emptied at the next start", e);
        }
    }
}
