package io.kairos.core.link.resource;

/**
 * How fast the parts of one segment come, and how long to wait for the next. Times are nanoseconds of the monotonic clock.
 * Owned by the mailbox of its link. Specification: docs/protocol/resource.md.
 */
final class PartPace {

    static final int RETRIES = 16;

    private static final double RETRY_GRACE = 0.25;
    private static final double PER_RETRY = 0.5;
    private static final double HASHMAP_FACTOR = 3.5;
    private static final int FACTOR_BEFORE_RESPONSE = 4;
    private static final int FACTOR_AFTER_RESPONSE = 2;
    private static final double ROUND_TRIP_STEP = 0.05;
    private static final double SHORTEST = 1e-6;

    private final int partBytes;
    private final double linkRoundTrip;
    private final double expectedBits;
    private int factor = FACTOR_BEFORE_RESPONSE;
    private double roundTrip;
    private double bytesPerSecond;
    private long requestedAt;
    private int requestBytes;
    private long bytesSinceRequest;
    private boolean responseSeen = true;

    /**
     * @param partBytes bytes of one part
     * @param linkRoundTrip seconds
     * @param expectedBits bits per second to expect before anything was measured
     */
    PartPace(int partBytes, double linkRoundTrip, double expectedBits) {
        this.partBytes = partBytes;
        this.linkRoundTrip = linkRoundTrip;
        this.expectedBits = Math.max(1, expectedBits);
    }

    /** Measured bytes per second; 0 while unknown. */
    double bytesPerSecond() {
        return bytesPerSecond;
    }

    long requestedAt() {
        return requestedAt;
    }

    /** A request is about to leave; {@link #requestSent} tells how long it was. */
    void requesting(long now) {
        requestedAt = now;
        bytesSinceRequest = 0;
        responseSeen = false;
    }

    void requestSent(int packetBytes) {
        requestBytes = packetBytes;
    }

    /** A part has come that was not there before. */
    void received(int packetBytes, Window window, long now) {
        bytesSinceRequest += packetBytes;
        if (responseSeen) {
            return;
        }
        responseSeen = true;
        factor = FACTOR_AFTER_RESPONSE;
        double measured = secondsSinceRequest(now);
        if (roundTrip == 0) {
            roundTrip = linkRoundTrip;
        } else if (measured < roundTrip) {
            roundTrip = Math.max(measured, roundTrip * (1 - ROUND_TRIP_STEP));
        } else {
            roundTrip = Math.min(measured, roundTrip * (1 + ROUND_TRIP_STEP));
        }
        window.responded((packetBytes + requestBytes) / measured);
    }

    /** Everything that was asked for has come. */
    void roundFinished(Window window, long now) {
        bytesPerSecond = bytesSinceRequest / secondsSinceRequest(now);
        window.roundFinished(bytesPerSecond);
    }

    private double secondsSinceRequest(long now) {
        return Math.max(SHORTEST, (now - requestedAt) / 1e9);
    }

    /**
     * How long to wait from the last sign of life on.
     *
     * @param outstanding parts that were asked for and have not come
     * @param hashesDue whether part hashes are awaited, too
     * @param retriesLeft of {@link #RETRIES}
     */
    long patience(int outstanding, boolean hashesDue, int retriesLeft) {
        double bits = bytesPerSecond > 0 ? bytesPerSecond * 8 : expectedBits;
        double used = (RETRIES - retriesLeft) * PER_RETRY + RETRY_GRACE;
        double wait;
        if (bytesPerSecond == 0) {
            wait = factor * (3 * partBytes / bits);
        } else {
            wait = factor * (outstanding * partBytes * 8.0 / bits)
                    + (hashesDue ? partBytes * 8 * HASHMAP_FACTOR / bits : 0);
        }
        return Math.round((wait + used) * 1e9);
    }
}
