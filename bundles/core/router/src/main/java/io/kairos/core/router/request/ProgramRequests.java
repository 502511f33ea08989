package io.kairos.core.router.request;

import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.announce.Repeats;
import io.kairos.core.router.path.Candidate;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;

/**
 * Path requests of programs on this machine, and requests of others for what lives in such a program. They are served
 * whether or not the node forwards for others (docs/protocol/shared-instance.md). Threads: belongs to the owner
 * of the tables.
 */
public final class ProgramRequests {

    private final Ports ports;
    private final Repeats answers;
    private final RequestSender asking;
    private final OwnRequests own;

    public ProgramRequests(Ports ports, Repeats answers, RequestSender asking, OwnRequests own) {
        this.ports = ports;
        this.answers = answers;
        this.asking = asking;
        this.own = own;
    }

    /**
     * Answers in the next round, or asks the network for the program, where either side of a request is a program.
     *
     * @param path the path in use, or {@code null}
     * @return false where neither side is one
     */
    boolean serves(Port on, DestinationHash wanted, Path path) {
        if (path != null) {
            Candidate way = path.way();
            boolean served = on.isProgram() || way.isOfProgram();
            if (served) {
                answers.answer(wanted, way.announce(), way.hops(), on, 0);
            }
            return served;
        }
        if (on.isProgram()) {
            own.searchFor(wanted, on);
            return true;
        }
        return false;
    }

    /** Whether there are programs that may know what nobody else does. */
    boolean mayKnow() {
        return ports.programs().length > 0;
    }

    /** Asks all programs. */
    void ask(DestinationHash wanted) {
        asking.ask(wanted, ports.programs());
    }
}
