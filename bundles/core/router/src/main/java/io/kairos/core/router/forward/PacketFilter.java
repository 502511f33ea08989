package io.kairos.core.router.forward;

import io.kairos.api.packet.PacketContext;
import io.kairos.core.router.Refusal;

/**
 * Decides from the header alone whether a packet may come in (docs/protocol/transport.md, packet filter). Pure.
 */
public final class PacketFilter {

    /** What to do with a packet. */
    public enum Verdict {
        ACCEPT(null),
        /** Accept it unless it was seen before. */
        ACCEPT_ONCE(null),
        /** It is addressed to another node. */
        REFUSE_FILTER(Refusal.FILTER),
        /** It has come further than its kind may. */
        REFUSE_HOPS(Refusal.HOPS);

        private final Refusal refusal;

        Verdict(Refusal refusal) {
            this.refusal = refusal;
        }

        /** {@code null} for those that accept. */
        public Refusal refusal() {
            return refusal;
        }
    }

    private static final int SINGLE = 0;
    private static final int GROUP = 1;
    private static final int PLAIN = 2;
    private static final int ANNOUNCE = 1;

    private PacketFilter() {}

    /**
     * @param type packet type bits
     * @param destinationType destination type bits
     * @param context context byte
     * @param hops received hops
     * @param foreign whether it carries the transport id of another node
     * @param filtered whether the shared instance of this machine sent it, which filters for its programs
     */
    public static Verdict judge(
            int type, int destinationType, int context, int hops, boolean foreign, boolean filtered) {
        if (filtered) {
            return Verdict.ACCEPT;
        }
        if (foreign && type != ANNOUNCE) {
            return Verdict.REFUSE_FILTER;
        }
        if (mayRepeat(context)) {
            return Verdict.ACCEPT;
        }
        if (destinationType == PLAIN || destinationType == GROUP) {
            if (type == ANNOUNCE) {
                return Verdict.REFUSE_FILTER;
            }
            return hops > 1 ? Verdict.REFUSE_HOPS : Verdict.ACCEPT;
        }
        return type == ANNOUNCE && destinationType == SINGLE ? Verdict.ACCEPT : Verdict.ACCEPT_ONCE;
    }

    /** Whether packets of a context are never looked for in the duplicate list, so that they need no entry in it. */
    public static boolean mayRepeat(int context) {
        return switch (context) {
            case PacketContext.KEEPALIVE,
                    PacketContext.RESOURCE_REQUEST,
                    PacketContext.RESOURCE_PROOF,
                    PacketContext.RESOURCE,
                    PacketContext.CACHE_REQUEST,
                    PacketContext.CHANNEL -> true;
            default -> false;
        };
    }
}
