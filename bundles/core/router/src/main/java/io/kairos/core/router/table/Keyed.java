package io.kairos.core.router.table;

import io.kairos.api.packet.DestinationHash;

/** An entry of a {@link KeyedTable}: carries its own key, so that a look-up touches one object and allocates none. */
public abstract class Keyed {

    final long high;
    final long low;

    protected Keyed(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** First half of the 16-byte key, big-endian. */
    public final long high() {
        return high;
    }

    /** Second half of the 16-byte key, big-endian. */
    public final long low() {
        return low;
    }

    public final DestinationHash key() {
        return new DestinationHash(high, low);
    }
}
