package io.kairos.core.router.forward;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.transport.Signal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How well the last packets were heard, by packet hash, for programs that ask afterwards. Threads: any. */
public final class SignalLog {

    private static final int KEPT = 512;

    // ---- guarded by this ----
    private final Map<DestinationHash, Signal> signals = new LinkedHashMap<>(2 * KEPT, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DestinationHash, Signal> eldest) {
            return size() > KEPT;
        }
    };

    /** Notes a packet; half of its hash is enough to know it by. */
    synchronized void note(byte[] packetHash, Signal signal) {
        DestinationHash key = DestinationHash.of(packetHash, 0);
        signals.remove(key); // heard again: it counts as new
        signals.put(key, signal);
    }

    /** @param packetHash at least 16 bytes */
    public synchronized Optional<Signal> find(byte[] packetHash) {
        return Optional.ofNullable(signals.get(DestinationHash.of(packetHash, 0)));
    }
}
