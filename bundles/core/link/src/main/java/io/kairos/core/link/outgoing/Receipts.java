package io.kairos.core.link.outgoing;

import io.kairos.api.link.PacketReceipt.Status;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.lib.bytes.Hashes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Packets whose proof has not arrived yet, at most 1024; of more the oldest are forgotten. Found by the first 16 bytes of
 * the packet hash, to which proofs are addressed, so that a proof costs at most one signature check. Time-outs are looked
 * at once a second (docs/protocol/packet.md).
 *
 * <p>Threads: any.
 */
public final class Receipts implements AutoCloseable {

    static final int LIMIT = 1024;

    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Clock clock;
    private final Timers timers;

    // ---- guarded by outstanding ----
    private final Map<DestinationHash, Receipt> outstanding = new LinkedHashMap<>();
    private Timers.Timer sweep;

    public Receipts(Clock clock, Timers timers) {
        this.clock = clock;
        this.timers = timers;
    }

    /** Keeps a receipt until it is proved, overdue or pushed out. */
    public void add(Receipt receipt) {
        Receipt oldest = null;
        synchronized (outstanding) {
            outstanding.put(key(receipt.hash()), receipt);
            if (outstanding.size() > LIMIT) {
                Iterator<Receipt> all = outstanding.values().iterator();
                oldest = all.next();
                all.remove();
            }
            if (sweep == null) {
                sweep = timers.after(SWEEP, this::sweep);
            }
        }
        if (oldest != null) {
            oldest.end(Status.CULLED);
        }
    }

    /** The receipt whose packet hash begins with these bytes. */
    public Optional<Receipt> find(DestinationHash truncatedHash) {
        synchronized (outstanding) {
            return Optional.ofNullable(outstanding.get(truncatedHash));
        }
    }

    /** The receipt of exactly this packet. */
    public Optional<Receipt> find(byte[] packetHash) {
        return find(key(packetHash)).filter(receipt -> Hashes.same(receipt.hash(), packetHash));
    }

    /** A valid proof has arrived. */
    public void delivered(Receipt receipt) {
        remove(receipt);
        receipt.delivered(clock.nanos());
    }

    /** Forgets a receipt and ends it. */
    public void end(Receipt receipt, Status status) {
        remove(receipt);
        receipt.end(status);
    }

    private void remove(Receipt receipt) {
        synchronized (outstanding) {
            outstanding.remove(key(receipt.hash()), receipt);
        }
    }

    private void sweep() {
        List<Receipt> overdue = new ArrayList<>();
        synchronized (outstanding) {
            long now = clock.nanos();
            for (Iterator<Receipt> all = outstanding.values().iterator(); all.hasNext(); ) {
                Receipt receipt = all.next();
                if (receipt.isOverdue(now)) {
                    overdue.add(receipt);
                    all.remove();
                }
            }
            sweep = outstanding.isEmpty() ? null : timers.after(SWEEP, this::sweep);
        }
        overdue.forEach(receipt -> receipt.end(receipt.overdue()));
    }

    @Override
    public void close() {
        List<Receipt> rest;
        synchronized (outstanding) {
            rest = new ArrayList<>(outstanding.values());
            outstanding.clear();
            if (sweep != null) {
                sweep.cancel();
            }
        }
        rest.forEach(receipt -> receipt.end(Status.FAILED));
    }

    private static DestinationHash key(byte[] packetHash) {
        return DestinationHash.of(packetHash, 0);
    }
}
