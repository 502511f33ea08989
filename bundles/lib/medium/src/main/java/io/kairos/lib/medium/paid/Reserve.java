package io.kairos.lib.medium.paid;

import io.kairos.lib.medium.Checks;

/**
 * What is worth its money when the month gets long.
 *
 * @param share below this share of the budget announces are not sent; below a quarter of it only the urgent
 */
public record Reserve(double share) {

    /**
     * From the setting {@code budget.reserve.percent}.
     *
     * @throws io.kairos.api.failure.MeshException that names key, value and remedy
     */
    public static Reserve ofPercent(int percent) {
        return new Reserve(Checks.between("budget.reserve.percent", percent, 0, 100, 20) / 100.0);
    }

    /** Whether a packet is worth it while such a share of the budget is left. */
    public boolean allows(Urgency urgency, double remainingShare) {
        if (remainingShare >= share) {
            return true;
        }
        return remainingShare >= share / 4 ? urgency != Urgency.ANNOUNCE : urgency.compareTo(Urgency.SHORT_DATA) <= 0;
    }
}
