package io.kairos.lib.discovery;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.IdentityHash;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Says whether a discovery announce is worth hearing. Costs twenty key derivations, so never on a receiving thread.
 * Threads: any.
 */
public final class DiscoveryCheck {

    private final Stamps stamps;
    private final int requiredValue;
    private final Set<IdentityHash> sources;

    /**
     * @param requiredValue least value of stamps
     * @param sources who may announce; empty for everybody
     */
    public DiscoveryCheck(Stamps stamps, int requiredValue, Set<IdentityHash> sources) {
        this.stamps = stamps;
        this.requiredValue = requiredValue;
        this.sources = Set.copyOf(sources);
    }

    public int requiredValue() {
        return requiredValue;
    }

    /**
     * What was announced; empty for what is not wanted, worth too little or malformed.
     *
     * @param announcer whose announce it is
     * @param decrypt with the identity of the own network, where there is one
     * @param hops how far away
     * @param nowMillis wall-clock time
     */
    public Optional<Discovered> check(
            IdentityHash announcer,
            byte[] appData,
            Function<byte[], Optional<byte[]>> decrypt,
            int hops,
            long nowMillis) {
        if (!sources.isEmpty() && !sources.contains(announcer)) {
            return Optional.empty();
        }
        try {
            StampedCodec.Stamped stamped = StampedCodec.decode(appData, decrypt);
            byte[] workblock = stamps.workblock(StampedCodec.material(stamped.packed()), StampedCodec.ROUNDS);
            int value = Stamps.value(workblock, stamped.stamp());
            if (value < requiredValue) {
                return Optional.empty();
            }
            Advertisement advertisement = Advertisement.decode(stamped.packed());
            return Optional.of(new Discovered(advertisement, announcer, stamped.stamp(), value, hops, nowMillis));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
