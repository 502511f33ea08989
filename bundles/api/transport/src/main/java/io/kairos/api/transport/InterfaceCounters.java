package io.kairos.api.transport;

/**
 * What has come and gone on an interface since it was made; packets without framing and with the access code.
 *
 * @param receivedPackets packets handed to the core
 * @param receivedBytes bytes of these packets
 * @param sentPackets packets that left or are queued
 * @param sentBytes bytes of these packets
 * @param droppedOutgoing packets dropped because the interface was down or its queue full
 * @param droppedIncoming packets dropped because no core was attached
 * @param malformedFrames frames that were no packets: too short, too long, badly escaped
 */
public record InterfaceCounters(
        long receivedPackets,
        long receivedBytes,
        long sentPackets,
        long sentBytes,
        long droppedOutgoing,
        long droppedIncoming,
        long malformedFrames) {

    public static final InterfaceCounters NONE = new InterfaceCounters(0, 0, 0, 0, 0, 0, 0);
}
