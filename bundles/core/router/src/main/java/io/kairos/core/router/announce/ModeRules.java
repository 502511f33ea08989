package io.kairos.core.router.announce;

import static io.kairos.api.transport.InterfaceMode.ACCESS_POINT;
import static io.kairos.api.transport.InterfaceMode.BOUNDARY;
import static io.kairos.api.transport.InterfaceMode.INTERNAL;
import static io.kairos.api.transport.InterfaceMode.ROAMING;

import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfacePolicy;

/**
 * On which interfaces an announce goes out, by their modes (docs/protocol/transport.md, rebroadcast rules). Pure.
 */
final class ModeRules {

    /** What to do on an interface. */
    enum Verdict {
        BLOCK,
        SEND,
        /** Send it within the announce cap. */
        SEND_PACED
    }

    private ModeRules() {}

    /**
     * Decides for an announce without a fixed interface.
     *
     * @param local whether the destination is on this node
     * @param source policy of the interface over which the path in use leads; {@code null} where there is none
     * @param out policy of the interface in question
     */
    static Verdict judge(boolean local, InterfacePolicy source, InterfacePolicy out) {
        if (!local && source == null) {
            return Verdict.BLOCK;
        }
        if (!local && !out.announcesFromInternal() && source.mode() == INTERNAL) {
            return Verdict.BLOCK;
        }
        if (out.mode() == ACCESS_POINT) {
            return Verdict.BLOCK;
        }
        if (local) {
            return Verdict.SEND;
        }
        InterfaceMode from = source.mode();
        return switch (out.mode()) {
            case INTERNAL -> sendUnless(from == BOUNDARY && !source.announcesToInternal());
            case ROAMING -> sendUnless(from == ROAMING || from == BOUNDARY);
            case BOUNDARY -> sendUnless(from == ROAMING);
            default -> Verdict.SEND_PACED;
        };
    }

    private static Verdict sendUnless(boolean blocked) {
        return blocked ? Verdict.BLOCK : Verdict.SEND;
    }
}
