package io.kairos.core.link.channel;

/**
 * How many envelopes may be on their way, by round-trip time and experience. Guarded by the lock of its channel.
 * Specification: docs/protocol/link.md.
 */
final class ChannelWindow {

    private static final double FAST = 0.18;
    private static final double MEDIUM = 0.75;
    private static final double SLOW = 1.45;
    private static final int ROUNDS = 10;
    private static final int FAST_MAX = 48;
    private static final int FAST_MIN = 16;
    private static final int MEDIUM_MAX = 12;
    private static final int MEDIUM_MIN = 5;

    private final int flexibility;
    private int size;
    private int min;
    private int max;
    private int fastRounds;
    private int mediumRounds;

    /** @param roundTrip of the link when the channel is opened, in seconds */
    ChannelWindow(double roundTrip) {
        boolean slow = roundTrip > SLOW;
        size = slow ? 1 : 2;
        min = slow ? 1 : 2;
        max = slow ? 1 : 5;
        flexibility = slow ? 1 : 4;
    }

    int size() {
        return size;
    }

    int max() {
        return max;
    }

    void acknowledged(double roundTrip) {
        if (size < max) {
            size++;
        }
        if (roundTrip == 0) {
            return;
        }
        if (roundTrip <= FAST) {
            fastRounds++;
            if (fastRounds == ROUNDS && max < FAST_MAX) {
                max = FAST_MAX;
                min = FAST_MIN;
            }
        } else if (roundTrip <= MEDIUM) {
            fastRounds = 0;
            mediumRounds++;
            if (mediumRounds == ROUNDS && max < MEDIUM_MAX) {
                max = MEDIUM_MAX;
                min = MEDIUM_MIN;
            }
        } else {
            fastRounds = 0;
            mediumRounds = 0;
        }
    }

    void timedOut() {
        if (size > min) {
            size--;
            if (max > min + flexibility) {
                max--;
            }
        }
    }
}
