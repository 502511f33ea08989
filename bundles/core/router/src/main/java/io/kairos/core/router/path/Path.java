package io.kairos.core.router.path;

import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.ports.Anchor;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.table.Keyed;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the ways to one destination: the one in use and a few others. Threads: changed by the owner of the
 * tables; {@link #way} and {@link #inUse} are for any.
 */
public final class Path extends Keyed {

    private static final Candidate[] NONE = {};

    private volatile Candidate inUse;
    private volatile Candidate[] others = NONE; // never changed, only replaced

    // ---- owned by the owner of the tables ----
    private byte[] blobs; // never changed, only replaced: tunnels keep it too
    private String reason;

    Path(DestinationHash destination, Candidate inUse, byte[] blobs, String reason) {
        super(destination.high(), destination.low());
        this.inUse = inUse;
        this.blobs = blobs;
        this.reason = reason;
    }

    /** The path in use. */
    public Candidate inUse() {
        return inUse;
    }

    /** Where to send a packet now: the path in use or, while its interface is away, another one; else {@code null}. */
    public Candidate way() {
        Candidate first = inUse;
        if (first.port() != null) {
            return first;
        }
        for (Candidate other : others) {
            if (other.port() != null) {
                return other;
            }
        }
        return null;
    }

    /** The interface of the path in use, or {@code null}. */
    public Port port() {
        return inUse.port();
    }

    Candidate[] others() {
        return others;
    }

    /** Whether any of the ways is over this interface. */
    boolean leadsOver(Anchor anchor) {
        for (Candidate other : others) {
            if (other.anchor() == anchor) {
                return true;
            }
        }
        return inUse.anchor() == anchor;
    }

    /** The path in use and the others. */
    public List<Candidate> all() {
        List<Candidate> all = new ArrayList<>();
        all.add(inUse);
        all.addAll(List.of(others));
        return all;
    }

    /** Ten bytes for each announce that was accepted, oldest first; not a copy. */
    public byte[] blobs() {
        return blobs;
    }

    /** Largest emission time of all announces that were accepted, in seconds. */
    public long timebase() {
        return Blobs.latest(blobs);
    }

    /** What the strategy said. */
    public String reason() {
        return reason;
    }

    /** Makes {@code chosen} the path in use; {@code rest} are the others. */
    void use(Candidate chosen, List<Candidate> rest, String why) {
        others = rest.isEmpty() ? NONE : rest.toArray(Candidate[]::new);
        inUse = chosen;
        reason = why;
    }

    void remember(byte[] moreBlobs) {
        blobs = moreBlobs;
    }
}
