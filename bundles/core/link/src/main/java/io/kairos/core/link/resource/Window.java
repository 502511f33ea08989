package io.kairos.core.link.resource;

/**
 * How many parts a receiver asks for at a time. Owned by the mailbox of its link. Specification: docs/protocol/resource.md.
 */
final class Window {

    private static final int INITIAL = 4;
    private static final int SLOW_MAX = 10;
    private static final int FAST_MAX = 75;
    private static final int VERY_SLOW_MAX = 4;
    private static final int FLEXIBILITY = 4;
    private static final double FAST = 6250;

    /** Where a megabit gets through in a second the window grows by half in each round and not by one part. */
    private static final double VERY_FAST = 125_000;

    private static final double VERY_SLOW = 250;
    private static final int FAST_ROUNDS = 4;
    private static final int VERY_SLOW_ROUNDS = 2;

    private int size;
    private int max = SLOW_MAX;
    private int min = 2;
    private int fastRounds;
    private int slowRounds;

    private Window(int size) {
        this.size = size;
    }

    static Window initial() {
        return new Window(INITIAL);
    }

    /** Begins where the resource before it on the same link has ended. */
    static Window after(Window earlier) {
        return new Window(earlier.size);
    }

    int size() {
        return size;
    }

    int max() {
        return max;
    }

    /** The first part of a round has come. */
    void responded(double bytesPerSecond) {
        countFast(bytesPerSecond);
    }

    /** Everything that was asked for has come. */
    void roundFinished(double bytesPerSecond) {
        int steps = max == FAST_MAX && bytesPerSecond > VERY_FAST ? size / 2 : 1;
        for (int i = 0; i < steps && size < max; i++) {
            size++;
            if (size - min > FLEXIBILITY - 1) {
                min++;
            }
        }
        countFast(bytesPerSecond);
        if (fastRounds == 0 && bytesPerSecond < VERY_SLOW) {
            slowRounds++;
            if (slowRounds == VERY_SLOW_ROUNDS) {
                max = VERY_SLOW_MAX;
            }
        }
    }

    private void countFast(double bytesPerSecond) {
        if (bytesPerSecond > FAST && fastRounds < FAST_ROUNDS) {
            fastRounds++;
            if (fastRounds == FAST_ROUNDS) {
                max = FAST_MAX;
            }
        }
    }

    void timedOut() {
        if (size > min) {
            size--;
            if (max > min) {
                max--;
                if (max - size > FLEXIBILITY - 1) {
                    max--;
                }
            }
        }
    }
}
