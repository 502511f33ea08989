package io.kairos.core.link.resource;

import io.kairos.lib.wire.ResourceAdvertisement;
import java.util.Arrays;

/** One segment of a resource, ready to be sent. Immutable; arrays are not copied. */
final class Segment {

    private final int index;
    private final byte[] hash;
    private final byte[] proof;
    private final byte[] random;
    private final byte[] stream;
    private final int partBytes;
    private final int[] partHashes;
    private final boolean compressed;

    Segment(
            int index,
            byte[] hash,
            byte[] proof,
            byte[] random,
            byte[] stream,
            int partBytes,
            int[] partHashes,
            boolean compressed) {
        this.index = index;
        this.hash = hash;
        this.proof = proof;
        this.random = random;
        this.stream = stream;
        this.partBytes = partBytes;
        this.partHashes = partHashes;
        this.compressed = compressed;
    }

    /** From 1. */
    int index() {
        return index;
    }

    byte[] hash() {
        return hash;
    }

    /** What the receiver must answer in the end. */
    byte[] proof() {
        return proof;
    }

    byte[] random() {
        return random;
    }

    /** The encrypted stream that is cut into parts. */
    byte[] stream() {
        return stream;
    }

    int parts() {
        return partHashes.length;
    }

    int partHash(int part) {
        return partHashes[part];
    }

    int partOffset(int part) {
        return part * partBytes;
    }

    int partLength(int part) {
        return Math.min(partBytes, stream.length - partOffset(part));
    }

    boolean isCompressed() {
        return compressed;
    }

    /** Hashes of the parts of a block of 74, one after the other; possibly none. */
    byte[] blockOfHashes(int block) {
        int from = Math.min(block * ResourceAdvertisement.HASHES, partHashes.length);
        int to = Math.min(from + ResourceAdvertisement.HASHES, partHashes.length);
        return PartHashes.toBytes(Arrays.copyOfRange(partHashes, from, to));
    }
}
