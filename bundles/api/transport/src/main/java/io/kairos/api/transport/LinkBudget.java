package io.kairos.api.transport;

/**
 * What one packet costs on an interface; routing, announce pacing and link MTU discovery decide by it.
 *
 * @param bitsPerSecond expected bit rate, at least 5
 * @param packetBytes largest packet in bytes without the access code; 0 where it is not known
 * @param mtuClass how {@code packetBytes} takes part in link MTU discovery
 * @param airtimeShare longest share of time on air that law or operator allow, 0 &lt; share &le; 1; 1 means no limit
 * @param costPerMegabyte relative cost of a megabyte, 0 means free; only compared with other interfaces of this node
 */
public record LinkBudget(
        long bitsPerSecond, int packetBytes, MtuClass mtuClass, double airtimeShare, double costPerMegabyte) {

    /** How an interface takes part in link MTU discovery. */
    public enum MtuClass {
        /** Links across it stay at 500 bytes. */
        NONE,
        /** Takes part with {@code packetBytes} as it stands. */
        FIXED,
        /** Takes part; {@code packetBytes} was derived from the bit rate by {@link LinkBudget#automatic}. */
        AUTO
    }

    public LinkBudget {
        if (bitsPerSecond < 5) {
            throw new IllegalArgumentException("bitsPerSecond must be at least 5, got " + bitsPerSecond);
        }
        if (packetBytes < 0) {
            throw new IllegalArgumentException("packetBytes must not be negative, got " + packetBytes);
        }
        if (!(airtimeShare > 0 && airtimeShare <= 1)) {
            throw new IllegalArgumentException("airtimeShare must be above 0 and at most 1, got " + airtimeShare);
        }
    }

    /** Free, without airtime limit, outside of link MTU discovery. */
    public static LinkBudget plain(long bitsPerSecond, int packetBytes) {
        return new LinkBudget(bitsPerSecond, packetBytes, MtuClass.NONE, 1, 0);
    }

    /** Free, without airtime limit, takes part in link MTU discovery with exactly {@code packetBytes}. */
    public static LinkBudget fixed(long bitsPerSecond, int packetBytes) {
        return new LinkBudget(bitsPerSecond, packetBytes, MtuClass.FIXED, 1, 0);
    }

    /** Free, without airtime limit, packet size from the bit rate by the table that all Reticulum nodes share. */
    public static LinkBudget automatic(long bitsPerSecond) {
        return new LinkBudget(bitsPerSecond, packetBytesFor(bitsPerSecond), MtuClass.AUTO, 1, 0);
    }

    /** Packet size by bit rate (docs/protocol/link.md); 0 at 62,500 bit/s and below. */
    public static int packetBytesFor(long bitsPerSecond) {
        if (bitsPerSecond >= 1_000_000_000L) {
            return 524_288;
        }
        long[] above = {
            750_000_000, 400_000_000, 200_000_000, 100_000_000, 10_000_000, 5_000_000, 2_000_000, 1_000_000, 62_500
        };
        int bytes = 262_144;
        for (long limit : above) {
            if (bitsPerSecond > limit) {
                return bytes;
            }
            bytes /= 2;
        }
        return 0;
    }
}
