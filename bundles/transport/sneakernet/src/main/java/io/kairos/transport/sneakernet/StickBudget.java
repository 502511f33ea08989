package io.kairos.transport.sneakernet;

/**
 * How much of a stick may be filled.
 *
 * @param percent of its size, for everything in the folder together
 * @param mostBytes never more than this
 */
record StickBudget(int percent, long mostBytes) {

    /** One part of so many stays free whatever the settings say. */
    private static final int FREE_PART = 20;

    /** Bytes that may still be written. */
    long room(StickFolder.Space space, long usedBytes) {
        long share = Math.min(mostBytes, space.totalBytes() / 100 * percent);
        long free = space.freeBytes() - space.totalBytes() / FREE_PART;
        return Math.max(0, Math.min(share - usedBytes, free));
    }
}
