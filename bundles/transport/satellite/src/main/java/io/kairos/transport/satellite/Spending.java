package io.kairos.transport.satellite;

import io.kairos.api.health.Finding;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.Reading;
import io.kairos.lib.medium.paid.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an interface tells about the account of its line. Threads: any. */
final class Spending {

    static final String SUBJECT = "satellites";

    /** That of the last line; {@code null} before the first one. */
    private volatile Account account;

    /** The last one whose balance is known: a line that is being opened has not read its own yet. */
    private volatile Account known;

    Account begin(Account next) {
        remember();
        account = next;
        return next;
    }

    Optional<LinkBudget> cost() {
        return Optional.ofNullable(account).map(Account::cost);
    }

    List<Reading> readings() {
        return standing().map(now -> now.readings(known.terms().unit())).orElse(List.of());
    }

    List<Finding> examine() {
        return standing()
                .map(now ->
                        List.of(finding(now, known.terms().name(), known.terms().unit())))
                .orElse(List.of());
    }

    private Optional<Standing> standing() {
        remember();
        return Optional.ofNullable(known).flatMap(Account::standing);
    }

    private void remember() {
        Account last = account;
        if (last != null && last.isOpen()) {
            known = last;
        }
    }

    /** For the operator who asks how the node does. */
    static Finding finding(Standing now, String name, String unit) {
        String rest = String.format(
                Locale.ROOT, "%s: %,d of %,d %s of this month are left", name, now.left(), now.perMonth(), unit);
        if (now.left() == 0) {
            return Finding.error(
                    name + ": the budget of this month is used up",
                    "It goes on by itself on " + day(now.end()) + "; raise the budget if you want to pay for more.");
        }
        return now.usedUp()
                .map(when -> Finding.warning(
                        "%s; at the pace of this month they are used up on %s".formatted(rest, day(when)),
                        "Send less: mode = roaming or boundary, a low announce.cap.percent, fewer looks into the"
                                + " mailbox. Or raise the budget."))
                .orElseGet(() -> Finding.ok(
                        rest + (now.lasts().isPresent() ? "; at the pace of this month they last until its end" : "")));
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
