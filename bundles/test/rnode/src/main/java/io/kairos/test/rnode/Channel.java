package io.kairos.test.rnode;

import java.time.Duration;

/**
 * How a radio is tuned; radios hear each other where these are equal.
 *
 * @param frequencyHz middle
 * @param bandwidthHz width
 * @param spreadingFactor 5 to 12
 */
public record Channel(long frequencyHz, long bandwidthHz, int spreadingFactor) {

    /** Time on air of a packet, as the firmware's chip takes it: two transmissions above 254 bytes. */
    public Duration airtime(int packetBytes, int codingRate) {
        double millis = transmission(Math.min(254, packetBytes) + 1, codingRate);
        if (packetBytes > 254) {
            millis += transmission(packetBytes - 253, codingRate);
        }
        return Duration.ofNanos((long) (millis * 1e6));
    }

    private double transmission(int bytes, int codingRate) {
        double symbol = (1 << spreadingFactor) * 1e3 / bandwidthHz;
        double bits = 8.0 * bytes + 44 - 4.0 * spreadingFactor;
        double symbols = 8 + Math.max(0, Math.ceil(bits / (4.0 * spreadingFactor))) * codingRate;
        return (Math.max(18, Math.ceil(24 / symbol)) + 4.25 + symbols) * symbol;
    }
}
