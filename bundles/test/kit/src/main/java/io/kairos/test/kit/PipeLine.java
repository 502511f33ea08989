package io.kairos.test.kit;

import java.time.Duration;

/**
 * What happens to packets on their way through a {@link PipedInterface}, in one direction.
 *
 * @param delay how long every packet is on its way
 * @param loss share of packets that never arrive, 0 to 1
 * @param duplication share of packets that arrive twice, 0 to 1
 * @param reordering share of packets that are held back by {@code holdBack} and so overtaken, 0 to 1
 * @param holdBack for how long
 */
public record PipeLine(Duration delay, double loss, double duplication, double reordering, Duration holdBack) {

    /** Everything arrives once, in order, without delay. */
    public static final PipeLine PERFECT = new PipeLine(Duration.ZERO, 0, 0, 0, Duration.ZERO);

    public PipeLine {
        for (double share : new double[] {loss, duplication, reordering}) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a share is 0 to 1, got " + share);
            }
        }
    }

    public PipeLine withDelay(Duration value) {
        return new PipeLine(value, loss, duplication, reordering, holdBack);
    }

    public PipeLine withLoss(double share) {
        return new PipeLine(delay, share, duplication, reordering, holdBack);
    }

    public PipeLine withDuplication(double share) {
        return new PipeLine(delay, loss, share, reordering, holdBack);
    }

    public PipeLine withReordering(double share, Duration heldBack) {
        return new PipeLine(delay, loss, duplication, share, heldBack);
    }
}
