package io.kairos.api.link;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.packet.DestinationType;
import java.time.Duration;
import java.util.Optional;

/**
 * How a destination of this node is opened.
 *
 * @param fullName application name and aspects with dots, for example {@code kairos.echo}
 * @param type {@code SINGLE}, {@code GROUP} or {@code PLAIN}
 * @param identity who answers; required for {@code SINGLE} and {@code GROUP}, absent for {@code PLAIN}
 * @param groupKey shared key of a {@code GROUP}, 64 or 32 bytes
 * @param proofs which packets are proved
 * @param acceptsLinks whether links may be opened to it
 * @param ratchets rotating keys; absent means none
 * @param maximumRequestBytes largest request; 0 means no limit of its own
 */
@SuppressWarnings("ArrayRecordComponent") // a key on its way, never compared
public record DestinationSettings(
        String fullName,
        DestinationType type,
        Optional<LocalIdentity> identity,
        Optional<byte[]> groupKey,
        ProofStrategy proofs,
        boolean acceptsLinks,
        Optional<Ratchets> ratchets,
        int maximumRequestBytes) {

    /** Which packets a destination proves. */
    public enum ProofStrategy {
        NONE,
        /** Those for which the packet handler asks. */
        APPLICATION,
        ALL
    }

    /**
     * Rotating keys.
     *
     * @param interval shortest time between two rotations; the default of Reticulum is 30 minutes
     * @param retained how many are kept; the default is 512
     * @param enforced whether packets to the identity's own key are refused
     */
    public record Ratchets(Duration interval, int retained, boolean enforced) {
        public static final Ratchets DEFAULT = new Ratchets(Duration.ofMinutes(30), 512, false);
    }

    /** A destination of an identity that accepts links and proves nothing. */
    public static DestinationSettings single(String fullName, LocalIdentity identity) {
        return new DestinationSettings(
                fullName,
                DestinationType.SINGLE,
                Optional.of(identity),
                Optional.empty(),
                ProofStrategy.NONE,
                true,
                Optional.empty(),
                0);
    }

    /**
     * A destination of an identity that nobody knows yet. As Reticulum does it, the hash of the identity becomes the last
     * aspect, so that it is not taken for the one that everybody knows by this name.
     */
    public static DestinationSettings passing(String fullName, LocalIdentity identity) {
        return single(fullName + "." + identity.hash().toHex(), identity);
    }

    /** Everybody one hop away may send to it. */
    public static DestinationSettings plain(String fullName) {
        return new DestinationSettings(
                fullName,
                DestinationType.PLAIN,
                Optional.empty(),
                Optional.empty(),
                ProofStrategy.NONE,
                false,
                Optional.empty(),
                0);
    }

    /** The full name followed by the hash of its identity, as Reticulum programs show a destination. */
    public String nameWithIdentity() {
        return identity.map(own -> fullName + "." + own.hash().toHex()).orElse(fullName);
    }

    public DestinationSettings withProofs(ProofStrategy strategy) {
        return new DestinationSettings(
                fullName, type, identity, groupKey, strategy, acceptsLinks, ratchets, maximumRequestBytes);
    }

    public DestinationSettings withRatchets(Ratchets rotating) {
        return new DestinationSettings(
                fullName, type, identity, groupKey, proofs, acceptsLinks, Optional.of(rotating), maximumRequestBytes);
    }

    public DestinationSettings withoutLinks() {
        return new DestinationSettings(
                fullName, type, identity, groupKey, proofs, false, ratchets, maximumRequestBytes);
    }
}
