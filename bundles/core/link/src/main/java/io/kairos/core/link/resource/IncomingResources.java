package io.kairos.core.link.resource;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.link.Link.CloseReason;
import io.kairos.api.link.Link.Decision;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.routing.InboundPacket;
import io.kairos.lib.wire.HashmapUpdate;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The resources that are being received over one link.
 *
 * <p>Threads: owned by the mailbox of its link.
 */
final class IncomingResources {

    private static final int LARGEST_NUMBER = 16;
    private static final int KEPT_PROOFS = 16;

    private final ResourceHost host;
    private final ReceiveBudget budget;
    private final Runnable begun;
    private final List<IncomingTransfer> transfers = new ArrayList<>();
    private final List<Transfer> finished = new ArrayList<>();
    private final Set<ByteBuffer> asking = new HashSet<>();
    private final Deque<byte[]> proofs = new ArrayDeque<>();
    private Window earlier;
    private double earlierBytesPerSecond;

    /** @param begun told when time-outs have to be watched */
    IncomingResources(ResourceHost host, ReceiveBudget budget, Runnable begun) {
        this.host = host;
        this.budget = budget;
        this.begun = begun;
    }

    ReceiveBudget budget() {
        return budget;
    }

    /** A segment is offered. One that cannot be read ends the link, as docs/protocol/resource.md asks. */
    void offered(byte[] plaintext) {
        ResourceAdvertisement offer;
        try {
            offer = ResourceAdvertisement.decode(plaintext);
        } catch (MalformedException e) {
            host.abort(CloseReason.FAILED);
            return;
        }
        for (IncomingTransfer transfer : transfers) {
            if (transfer.isReceiving(offer.hash())) {
                transfer.offeredAgain();
                return;
            }
            if (Arrays.equals(transfer.firstHash(), offer.firstHash()) && transfer.expects(offer)) {
                begin(transfer, offer);
                return;
            }
        }
        boolean first = offer.segment() == 1 && Arrays.equals(offer.hash(), offer.firstHash());
        if (!first || !offer.has(ResourceAdvertisement.ENCRYPTED) || transfers.size() >= LARGEST_NUMBER) {
            return;
        }
        if (asking.size() < LARGEST_NUMBER && asking.add(ByteBuffer.wrap(offer.hash()))) {
            host.judge(offer, decision -> host.mailbox().run(() -> decided(offer, decision)));
        }
    }

    private void decided(ResourceAdvertisement offer, Decision decision) {
        asking.remove(ByteBuffer.wrap(offer.hash()));
        if (!host.isActive()) {
            return;
        }
        switch (decision) {
            case ACCEPT -> accept(offer);
            case REJECT -> host.wire().send(PacketContext.RESOURCE_RECEIVER_CANCEL, offer.hash());
            case IGNORE -> {}
        }
    }

    private void accept(ResourceAdvertisement offer) {
        Transfer transfer =
                new Transfer(true, offer.totalBytes(), host.surroundings().clock(), host.callbacks());
        IncomingTransfer incoming = new IncomingTransfer(host, this, offer, transfer);
        transfer.onCancel(cancelled -> host.mailbox().run(incoming::cancel));
        transfers.add(incoming);
        if (begin(incoming, offer)) {
            host.started(offer, transfer);
        }
    }

    private boolean begin(IncomingTransfer transfer, ResourceAdvertisement offer) {
        Window window = earlier == null ? Window.initial() : Window.after(earlier);
        double bits = earlierBytesPerSecond > 0 ? earlierBytesPerSecond * 8 : host.expectedBits();
        boolean taken = transfer.begin(offer, window, bits);
        if (!taken && offer.segment() == 1) {
            transfers.remove(transfer); // offered again later, when there may be memory
        }
        begun.run();
        return taken;
    }

    /** A segment is complete; the next resource begins with the window this one ended with. */
    void remember(ReceiverMachine machine) {
        earlier = machine.window();
        if (machine.bytesPerSecond() > 0) {
            earlierBytesPerSecond = machine.bytesPerSecond();
        }
    }

    void part(InboundPacket packet) {
        for (IncomingTransfer transfer : transfers) {
            if (transfer.part(packet)) {
                return;
            }
        }
    }

    void update(HashmapUpdate update) {
        find(update.segmentHash()).forEach(transfer -> transfer.update(update));
    }

    /** The sender gives up. */
    void cancelled(byte[] segmentHash) {
        find(segmentHash).forEach(IncomingTransfer::cancel);
    }

    private List<IncomingTransfer> find(byte[] segmentHash) {
        return transfers.stream()
                .filter(transfer -> transfer.isReceiving(segmentHash))
                .toList();
    }

    /** Kept for a while, so that a proof that was lost can be sent again. */
    void proofSent(byte[] packet) {
        proofs.addLast(packet);
        if (proofs.size() > KEPT_PROOFS) {
            proofs.removeFirst();
        }
    }

    /** A packet is asked for by its hash. */
    void askedFor(byte[] packetHash) {
        proofs.stream()
                .filter(packet -> Arrays.equals(PacketBytes.hash(packet), packetHash))
                .forEach(host.wire()::send);
    }

    void forget(IncomingTransfer transfer) {
        if (transfers.remove(transfer)) {
            finished.removeIf(done -> done.data().isEmpty() && done.hasEnded());
            finished.add(transfer.transfer());
        }
    }

    boolean isIdle() {
        return transfers.isEmpty();
    }

    long deadline() {
        return transfers.stream().mapToLong(IncomingTransfer::deadline).min().orElse(Long.MAX_VALUE);
    }

    void tick(long now) {
        List.copyOf(transfers).forEach(transfer -> transfer.tick(now));
    }

    /** The link has closed. */
    void close() {
        List.copyOf(transfers).forEach(IncomingTransfer::cancel);
        finished.forEach(Transfer::linkClosed);
        finished.clear();
    }
}
