package io.kairos.lib.medium.paid;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import java.time.Instant;
import java.util.Optional;

/**
 * What an interface costs as routing sees it, and whether it can be used now.
 *
 * @param bitsPerSecond what routing should expect
 * @param packetBytes longest packet
 * @param perMegabyte relative cost while the budget is full; five times as much when it is empty
 * @param unitBytes bytes for which one unit of the budget pays
 * @param windows when the medium is there
 */
public record Costs(long bitsPerSecond, int packetBytes, double perMegabyte, double unitBytes, Windows windows) {

    private static final double STEP = 0.05;

    /**
     * From the setting {@code cost.per.megabyte}.
     *
     * @throws MeshException that names key, value and remedy
     */
    public static double perMegabyte(double given) {
        if (!(given >= 0 && given <= 1e12)) {
            throw Checks.refuse("cost.per.megabyte = " + given + " is not 0 or more", "Free interfaces have 0.");
        }
        return given;
    }

    /** Before anything is known of the month, and where nothing is paid. */
    public LinkBudget usual() {
        return new LinkBudget(bitsPerSecond, packetBytes, LinkBudget.MtuClass.NONE, 1, perMegabyte);
    }

    /** In steps, so that the core is not told about every packet. */
    public LinkBudget now(MonthlyBudget budget, long nowMillis) {
        if (budget.isFree()) {
            return usual();
        }
        double left = Math.ceil(budget.remainingShare(nowMillis) / STEP) * STEP;
        double share = budget.affordablePerSecond(nowMillis) * unitBytes * 8 / bitsPerSecond;
        double stepped = Math.pow(2, Math.floor(Math.log(Math.max(share, 1e-6)) / Math.log(2)));
        return new LinkBudget(
                bitsPerSecond,
                packetBytes,
                LinkBudget.MtuClass.NONE,
                Math.min(1, stepped),
                perMegabyte * (5 - 4 * Math.min(1, left)));
    }

    /**
     * Why it cannot be used now.
     *
     * @param least units without which nothing can be sent that is worth anything
     */
    public Optional<MeshException> obstacle(MonthlyBudget budget, long least, long nowMillis) {
        if (budget.remaining(nowMillis) < least) {
            return Optional.of(new MeshException(
                    Failure.Kind.POLICY,
                    "The budget of this month is used up",
                    "It goes on with the next month; raise it if you want to pay for more."));
        }
        if (!windows.isOpen(nowMillis)) {
            Instant opens = Instant.ofEpochMilli(
                    (nowMillis + windows.untilChange(nowMillis).toMillis()) / 60_000 * 60_000);
            return Optional.of(new MeshException(
                    Failure.Kind.NETWORK,
                    "The other end cannot be reached now: its window is closed",
                    "Nothing to do: the next one opens at " + opens + "."));
        }
        return Optional.empty();
    }
}
