package io.kairos.core.link;

/**
 * What the operator has chosen, checked.
 *
 * @param mtuDiscovery whether links may have packets above 500 bytes
 * @param explicitProofs whether proofs of packets to SINGLE destinations repeat the hash of the packet
 * @param decompressedBytes largest segment of a resource after decompression; a larger one ends its link
 */
public record LinkSettings(boolean mtuDiscovery, boolean explicitProofs, long decompressedBytes) {

    /** Largest segment of a resource after decompression in Reticulum. */
    public static final long DECOMPRESSED_BYTES = 64L << 20;

    /** What Reticulum does when its operator says nothing. */
    public static final LinkSettings DEFAULT = new LinkSettings(true, false, DECOMPRESSED_BYTES);

    public LinkSettings(boolean mtuDiscovery, boolean explicitProofs) {
        this(mtuDiscovery, explicitProofs, DECOMPRESSED_BYTES);
    }
}
