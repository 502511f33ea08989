package io.kairos.core.link.life;

import io.kairos.core.link.LinkTally;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.outgoing.Receipts;
import io.kairos.core.link.resource.ReceiveBudget;
import io.kairos.core.link.resource.SendBudget;

/** What links need of the endpoints they belong to. Threads: any. */
public interface LinkHost {

    Surroundings surroundings();

    Receipts receipts();

    ReceiveBudget receiveBudget();

    SendBudget sendBudget();

    LinkTally tally();

    /** A link has closed. */
    void ended(LiveLink link, boolean everUp);
}
