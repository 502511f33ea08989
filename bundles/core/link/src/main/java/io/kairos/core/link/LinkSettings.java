package io.kairos.core.link;

/**
 * What the operator has chosen, checked.
 *
 * @param mtuDiscovery whether links may have packets above 500 bytes
 * @param explicitProofs whether proofs of packets to SINGLE destinations repeat the hash of the packet
 */
public record LinkSettings(boolean mtuDiscovery, boolean explicitProofs) {

    /** What Reticulum does when its operator says nothing. */
    public static final LinkSettings DEFAULT = new LinkSettings(true, false);
}
