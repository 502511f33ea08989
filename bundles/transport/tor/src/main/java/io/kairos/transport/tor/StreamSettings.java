package io.kairos.transport.tor;

import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.framing.HdlcStreamDecoder;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.stream.HdlcStream;

/**
 * What client and server say about their connections, which are those of Reticulum's TCP interfaces.
 *
 * @param limits of packets and queue
 * @param budget what a packet costs
 */
record StreamSettings(HdlcStream.Limits limits, LinkBudget budget) {

    static final int CODE_BYTES = 16;

    static final StreamSettings REFUSED = new StreamSettings(
            new HdlcStream.Limits(HdlcStreamDecoder.SHORTEST_PACKET, 8_192, 4_096), LinkBudget.fixed(1_000_000, 8_192));

    /** @throws io.kairos.api.failure.MeshException that names key, value and remedy */
    static StreamSettings check(long bitrate, int packetBytes, int queueBytes, InterfacePolicy policy) {
        long rate = Checks.between("bitrate.bits.per.second", bitrate, 5, 1_000_000_000_000L, 1_000_000);
        int packet = Checks.between("packet.bytes", packetBytes, 500, 262_144, 8_192);
        int longest = packet + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
        int queue = Math.max( // at least two packets, whatever the setting
                Checks.between("send.queue.bytes", queueBytes, 4_096, 64 << 20, 262_144),
                2 * Hdlc.maximumFrameBytes(longest));
        return new StreamSettings(
                new HdlcStream.Limits(HdlcStreamDecoder.SHORTEST_PACKET, longest, queue),
                LinkBudget.fixed(rate, packet));
    }
}
