package io.kairos.transport.tcp;

import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;

/** Checks that client and server settings share. */
final class TcpChecks {

    /** What the default bit rate of both is. */
    static final long USUAL_BITS_PER_SECOND = 10_000_000;

    static final String EXAMPLE_NAME = "vps-eu";

    /** Access codes on fast media. */
    static final int CODE_BYTES = 16;

    /** Every medium carries packets of this size. */
    private static final int LEAST_PACKET_BYTES = 500;

    private TcpChecks() {}

    static int port(String key, int value) {
        return Checks.between(key, value, 1, 65_535, 4_242);
    }

    static LinkBudget budget(long bitsPerSecond) {
        LinkBudget automatic = LinkBudget.automatic(Checks.bitsPerSecond(bitsPerSecond, USUAL_BITS_PER_SECOND));
        return automatic.packetBytes() == 0 ? LinkBudget.plain(bitsPerSecond, LEAST_PACKET_BYTES) : automatic;
    }

    /** Longest frame content that is a packet. */
    static int longest(LinkBudget budget, InterfacePolicy policy) {
        return budget.packetBytes()
                + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
    }

    /** A queue holds at least two packets, whatever its setting. */
    static int queueBytes(int given, int longest) {
        return Math.max(
                Checks.between("send.queue.bytes", given, 4_096, 64 << 20, 1_310_720), 2 * Framing.worstCase(longest));
    }
}
