package io.kairos.transport.satellite;

/**
 * What is worth its money when the month gets long.
 *
 * @param share below this share of the budget announces are not sent; below a quarter of it only the urgent
 */
record Reserve(double share) {

    boolean allows(Urgency urgency, double remainingShare) {
        if (remainingShare >= share) {
            return true;
        }
        return remainingShare >= share / 4 ? urgency != Urgency.ANNOUNCE : urgency.compareTo(Urgency.SHORT_DATA) <= 0;
    }
}
