package io.kairos.test.kit;

import java.time.Duration;

/**
 * What a {@link SimulatedMedium} is like.
 *
 * @param bitsPerSecond how fast each station sends, at least 1
 * @param delay how long everything is under way after it was sent
 * @param loss share of frames that a station does not hear, 0 to 1; drawn for each station alone
 * @param dutyCycle share of {@code dutyPeriod} that each station may spend sending, above 0 to 1; 1 means no limit
 * @param dutyPeriod over how long the duty cycle is counted, ending now
 * @param windowPeriod the medium opens once in each of these, the first time at once; zero: it is always open
 * @param windowLength for how long it then stays open
 */
public record LineConditions(
        long bitsPerSecond,
        Duration delay,
        double loss,
        double dutyCycle,
        Duration dutyPeriod,
        Duration windowPeriod,
        Duration windowLength) {

    /** Fast, without delay, loss or limit. */
    public static final LineConditions PERFECT =
            new LineConditions(1_000_000_000, Duration.ZERO, 0, 1, Duration.ofHours(1), Duration.ZERO, Duration.ZERO);

    public LineConditions {
        if (bitsPerSecond < 1) {
            throw new IllegalArgumentException("bitsPerSecond must be at least 1, got " + bitsPerSecond);
        }
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("loss is 0 to 1, got " + loss);
        }
        if (!(dutyCycle > 0 && dutyCycle <= 1) || dutyPeriod.isNegative() || dutyPeriod.isZero()) {
            throw new IllegalArgumentException("not a duty cycle: " + dutyCycle + " of " + dutyPeriod);
        }
        if (windowLength.compareTo(windowPeriod) > 0) {
            throw new IllegalArgumentException("a window of " + windowLength + " is longer than " + windowPeriod);
        }
    }

    public LineConditions withBitsPerSecond(long value) {
        return new LineConditions(value, delay, loss, dutyCycle, dutyPeriod, windowPeriod, windowLength);
    }

    public LineConditions withDelay(Duration value) {
        return new LineConditions(bitsPerSecond, value, loss, dutyCycle, dutyPeriod, windowPeriod, windowLength);
    }

    public LineConditions withLoss(double share) {
        return new LineConditions(bitsPerSecond, delay, share, dutyCycle, dutyPeriod, windowPeriod, windowLength);
    }

    /** Each station sends during at most {@code share} of each {@code period}. */
    public LineConditions withDutyCycle(double share, Duration period) {
        return new LineConditions(bitsPerSecond, delay, loss, share, period, windowPeriod, windowLength);
    }

    /** The medium is open for {@code length} once in each {@code period}. */
    public LineConditions withWindows(Duration period, Duration length) {
        return new LineConditions(bitsPerSecond, delay, loss, dutyCycle, dutyPeriod, period, length);
    }

    boolean isAlwaysOpen() {
        return windowPeriod.isZero();
    }
}
