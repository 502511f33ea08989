package io.kairos.transport.satellite;

import io.kairos.api.health.Finding;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.Reading;
import java.util.List;
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
                        List.of(now.finding(known.terms().name(), known.terms().unit())))
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
}
