package io.kairos.core.link.resource;

import io.kairos.api.link.ResourceTransfer.Status;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.core.link.LinkTally.Event;
import io.kairos.core.link.LinkWire;
import io.kairos.lib.wire.HashmapUpdate;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import io.kairos.lib.wire.ResourceProofCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one resource, segment by segment; while one is on its way the next is prepared where there is memory for it. Never
 * more than these two are held, whatever the length of the resource.
 *
 * <p>Threads: owned by the mailbox of its link, except for the maker, which is used by one job at a time.
 */
final class OutgoingTransfer implements SenderMachine.Out {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingTransfer.class);
    private static final int PART = PacketBytes.SHORT_HEADER;

    /** A burst is flushed after so many bytes, so that it does not have to fit into the interface's queue as a whole. */
    private static final int FLUSH_BYTES = 65_536;

    private static final int DATA = PacketBytes.flags(PacketType.DATA, DestinationType.LINK);

    private final ResourceHost host;
    private final LinkWire wire;
    private final SendBudget budget;
    private final SegmentMaker maker;
    private final Transfer transfer;
    private final byte[] requestId;
    private final int flags;
    private final Runnable whenEnded;
    private byte[] partPacket;
    private byte[] firstHash;
    private Segment prepared;
    private SenderMachine machine;
    private boolean waiting = true;
    private boolean preparing;
    private int unflushedBytes;

    /**
     * @param requestId request it belongs to, or {@code null}
     * @param flags flags of the advertisement beyond those that follow from the segments
     * @param whenEnded the next transfer may begin
     */
    OutgoingTransfer(
            ResourceHost host,
            SendBudget budget,
            SegmentMaker maker,
            Transfer transfer,
            byte[] requestId,
            int flags,
            Runnable whenEnded) {
        this.host = host;
        this.wire = host.wire();
        this.budget = budget;
        this.maker = maker;
        this.transfer = transfer;
        this.requestId = requestId;
        this.flags = flags;
        this.whenEnded = whenEnded;
    }

    Transfer transfer() {
        return transfer;
    }

    void begin() {
        prepareWhatIsNeeded(1);
    }

    private void prepareWhatIsNeeded(int index) {
        preparing = true;
        budget.await(maker.memoryOf(index), () -> prepare(index));
    }

    private void prepareAhead(int index) {
        if (budget.take(maker.memoryOf(index))) {
            preparing = true;
            prepare(index);
        }
    }

    /** The memory for it is taken. On any thread. */
    private void prepare(int index) {
        try {
            host.surroundings().workers().jobs().execute(() -> make(index));
        } catch (RejectedExecutionException e) {
            host.mailbox().run(() -> cannotMake(index));
        }
    }

    private void make(int index) {
        if (transfer.hasEnded()) { // while it waited for memory
            host.mailbox().run(() -> cannotMake(index));
            return;
        }
        try {
            Segment made = maker.make(index);
            host.mailbox().run(() -> made(made));
        } catch (IOException | RuntimeException e) {
            LOG.warn("What was to be sent as a resource cannot be read: {}", e.getMessage());
            host.mailbox().run(() -> cannotMake(index));
        }
    }

    private void cannotMake(int index) {
        preparing = false;
        budget.giveBack(maker.memoryOf(index));
        cancel();
        closeMaker();
    }

    private void made(Segment segment) {
        preparing = false;
        if (transfer.hasEnded()) {
            budget.giveBack(maker.memoryOf(segment.index()));
            closeMaker();
            return;
        }
        prepared = segment;
        if (waiting) {
            next();
        }
    }

    private void next() {
        waiting = false;
        Segment segment = prepared;
        prepared = null;
        if (firstHash == null) {
            firstHash = segment.hash();
        }
        machine = new SenderMachine(segment, host.roundTripSeconds(), this);
        transfer.progress((segment.index() - 1.0) / maker.segments()); // the one before is proved
        machine.start(now());
        if (segment.index() < maker.segments()) {
            prepareAhead(segment.index() + 1);
        }
    }

    private long now() {
        return host.surroundings().clock().nanos();
    }

    boolean sends(byte[] segmentHash) {
        return machine != null && Arrays.equals(machine.segment().hash(), segmentHash);
    }

    void requested(PartRequest request, byte[] packetHash) {
        SenderMachine asked = machine;
        asked.requested(request, packetHash, now());
        if (!transfer.hasEnded()) {
            transfer.status(asked.status());
            Segment segment = asked.segment();
            double inSegment = (double) asked.acknowledgedParts() / segment.parts();
            transfer.progress((segment.index() - 1 + inSegment) / maker.segments());
        }
    }

    boolean proved(ResourceProofCodec.Body proof) {
        return machine != null && machine.proved(proof);
    }

    void rejected() {
        machine.rejected();
    }

    void tick(long now) {
        if (machine != null) {
            machine.tick(now);
        }
    }

    long deadline() {
        return machine == null ? Long.MAX_VALUE : machine.deadline();
    }

    /** Gives up, whoever wants it; the other end is told. */
    void cancel() {
        if (machine != null && !machine.hasEnded()) {
            machine.cancel();
        } else {
            finish(Status.FAILED);
        }
    }

    @Override
    public void advertise() {
        Segment segment = machine.segment();
        int split = maker.segments() > 1 ? ResourceAdvertisement.SPLIT : 0;
        int compressed = segment.isCompressed() ? ResourceAdvertisement.COMPRESSED : 0;
        ResourceAdvertisement offer = new ResourceAdvertisement(
                segment.stream().length,
                maker.totalBytes(),
                segment.parts(),
                segment.hash(),
                segment.random(),
                firstHash,
                segment.index(),
                maker.segments(),
                requestId,
                flags | ResourceAdvertisement.ENCRYPTED | split | compressed,
                segment.blockOfHashes(0));
        transfer.status(Status.ADVERTISED);
        wire.send(PacketContext.RESOURCE_ADVERTISEMENT, offer.encode());
    }

    /** Parts go out through one packet that is written over and over: the router does not keep it. */
    @Override
    public void sendPart(int part, boolean more) {
        Segment segment = machine.segment();
        int length = segment.partLength(part);
        if (partPacket == null) {
            partPacket = PacketBytes.build(DATA, wire.id(), PacketContext.RESOURCE, new byte[wire.partBytes()]);
        }
        System.arraycopy(segment.stream(), segment.partOffset(part), partPacket, PART, length);
        unflushedBytes += length;
        boolean burstGoesOn = more && unflushedBytes < FLUSH_BYTES;
        if (!burstGoesOn) {
            unflushedBytes = 0;
        }
        wire.send(partPacket, PART + length, burstGoesOn);
    }

    @Override
    public void sendUpdate(HashmapUpdate update) {
        wire.send(PacketContext.RESOURCE_HASHMAP_UPDATE, update.encode());
    }

    @Override
    public void askForProof() {
        Segment segment = machine.segment();
        byte[] awaited = ResourceProofCodec.packet(wire.id(), segment.hash(), segment.proof());
        wire.sendPlain(PacketContext.CACHE_REQUEST, PacketBytes.hash(awaited));
    }

    @Override
    public void ended(Status status) {
        int index = machine.segment().index();
        if (status == Status.FAILED && host.isActive()) {
            wire.send(PacketContext.RESOURCE_INITIATOR_CANCEL, machine.segment().hash());
        }
        if (status != Status.COMPLETE || index == maker.segments()) {
            finish(status);
            return;
        }
        machine = null;
        budget.giveBack(maker.memoryOf(index));
        if (prepared != null) {
            next();
        } else {
            waiting = true;
            if (!preparing) {
                prepareWhatIsNeeded(index + 1);
            }
        }
    }

    private void finish(Status status) {
        if (!transfer.hasEnded()) {
            transfer.end(status);
            host.tally().count(status == Status.COMPLETE ? Event.RESOURCE_SENT : Event.RESOURCE_NOT_SENT);
            giveBack(machine == null ? null : machine.segment());
            giveBack(prepared);
            machine = null;
            prepared = null;
            partPacket = null;
            if (!preparing) {
                closeMaker();
            }
            whenEnded.run();
        }
    }

    private void giveBack(Segment segment) {
        if (segment != null) {
            budget.giveBack(maker.memoryOf(segment.index()));
        }
    }

    private void closeMaker() {
        try {
            maker.close();
        } catch (IOException e) {
            LOG.debug("A file that was sent could not be closed", e);
        }
    }
}
