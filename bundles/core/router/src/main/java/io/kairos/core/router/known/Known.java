package io.kairos.core.router.known;

import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.core.router.table.Keyed;
import io.kairos.lib.wire.Announce;
import java.util.Optional;

/**
 * What announces have told of one destination. Keeps the newest announce as it came instead of its parts; a path over
 * which it came refers to the same object. Threads: stored by the owner of the tables, read and marked by any.
 */
public final class Known extends Keyed {

    /** Never used so far. */
    public static final long NEVER = 0;

    /** Kept for good. */
    public static final long RETAINED = -1;

    private final long identityHigh;
    private final long identityLow;
    private volatile Announce announce;
    private volatile long heard;
    private volatile long used;
    private volatile byte[] ratchet; // only where the newest announce has none but an older one had
    private volatile long ratchetHeard;

    public Known(DestinationHash destination, IdentityHash identity, Announce announce, long heard, long used) {
        super(destination.high(), destination.low());
        this.identityHigh = identity.high();
        this.identityLow = identity.low();
        this.announce = announce;
        this.heard = heard;
        this.used = used;
        this.ratchetHeard = announce.hasRatchet() ? heard : 0;
    }

    public Announce announce() {
        return announce;
    }

    public IdentityHash identity() {
        return new IdentityHash(identityHigh, identityLow);
    }

    boolean isOf(IdentityHash identity) {
        return identityHigh == identity.high() && identityLow == identity.low();
    }

    /** When the newest announce came, in router time. */
    public long heard() {
        return heard;
    }

    /** When it was last used, in router time; {@link #NEVER} or {@link #RETAINED}. */
    public long used() {
        return used;
    }

    void markUsed(long now) {
        if (used != RETAINED && used != now) {
            used = now;
        }
    }

    void retain() {
        used = RETAINED;
    }

    void release(long now) {
        if (used == RETAINED) {
            used = now;
        }
    }

    /** Takes a newer announce; a ratchet that it does not mention stays. */
    void renew(Announce newer, long now) {
        if (newer.hasRatchet()) {
            ratchet = null;
            ratchetHeard = now;
        } else if (announce.hasRatchet()) {
            ratchet = announce.ratchet().orElseThrow();
        }
        announce = newer;
        heard = now;
    }

    /** A ratchet that the newest announce does not carry, or {@code null}; not a copy. */
    public byte[] olderRatchet() {
        return ratchet;
    }

    /** When the ratchet in use came, in router time; 0 where there is none. */
    public long ratchetHeard() {
        return ratchetHeard;
    }

    public void restoreRatchet(byte[] older, long heardAt) {
        ratchet = older;
        ratchetHeard = heardAt;
    }

    KnownDestination view(long offset) {
        Announce newest = announce;
        byte[] appData = newest.appData();
        byte[] older = ratchet;
        return new KnownDestination(
                key(),
                PublicIdentity.of(newest.publicKeys(), identity()),
                appData.length == 0 && !newest.hasRatchet() ? Optional.empty() : Optional.of(appData),
                newest.ratchet().or(() -> Optional.ofNullable(older).map(byte[]::clone)),
                heard + offset);
    }
}
