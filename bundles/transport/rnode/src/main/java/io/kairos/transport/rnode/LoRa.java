package io.kairos.transport.rnode;

import java.time.Duration;
import java.util.Locale;

/**
 * How a LoRa radio is tuned, and what follows from it. Pure.
 *
 * @param frequencyHz middle of the channel
 * @param bandwidthHz width of the channel
 * @param spreadingFactor 5 to 12: each step doubles the time on air
 * @param codingRate 5 to 8: four bits become so many
 */
record LoRa(long frequencyHz, long bandwidthHz, int spreadingFactor, int codingRate) {

    /** What one transmission carries behind its byte of header; longer packets are two transmissions. */
    static final int TRANSMISSION_BYTES = 254;

    private static final double PREAMBLE_MILLIS = 24;
    private static final double FAST_PREAMBLE_MILLIS = 6;
    private static final double FAST_BITS_PER_SECOND = 30_000;
    private static final int LEAST_PREAMBLE = 18;
    private static final double LOW_RATE_SYMBOL_MILLIS = 16;

    /** Bits per second on air, as all Reticulum programs compute it. */
    double bitsPerSecond() {
        double symbols = Math.pow(2, spreadingFactor) / (bandwidthHz / 1000.0);
        return spreadingFactor * (4.0 / codingRate / symbols) * 1000;
    }

    /** How long one symbol lasts, in milliseconds. */
    double symbolMillis() {
        return Math.pow(2, spreadingFactor) * 1000 / bandwidthHz;
    }

    /** How long a packet occupies the channel, all its transmissions together. */
    Duration airtime(int packetBytes) {
        double millis = transmissionMillis(Math.min(packetBytes, TRANSMISSION_BYTES) + 1);
        if (packetBytes > TRANSMISSION_BYTES) {
            millis += transmissionMillis(packetBytes - TRANSMISSION_BYTES + 1);
        }
        return Duration.ofNanos(Math.round(millis * 1e6));
    }

    /** How long the longest single transmission lasts. */
    Duration longestTransmission() {
        return Duration.ofNanos(Math.round(transmissionMillis(TRANSMISSION_BYTES + 1) * 1e6));
    }

    /** Time on air by the formula of the chip's maker: explicit header, checksum, preamble as the firmware has it. */
    private double transmissionMillis(int bytes) {
        double symbol = symbolMillis();
        double wanted = bitsPerSecond() > FAST_BITS_PER_SECOND ? FAST_PREAMBLE_MILLIS : PREAMBLE_MILLIS;
        double preamble = Math.max(LEAST_PREAMBLE, Math.ceil(wanted / symbol)) + 4.25 + (spreadingFactor < 7 ? 2 : 0);
        int lowRate = symbol > LOW_RATE_SYMBOL_MILLIS ? 2 : 0;
        double bits = 8.0 * bytes - 4.0 * spreadingFactor + (spreadingFactor < 7 ? 0 : 8) + 20 + 16;
        double blocks = Math.max(0, Math.ceil(bits / (4.0 * (spreadingFactor - lowRate))));
        return (preamble + 8 + blocks * codingRate) * symbol;
    }

    /** Link quality in percent for a signal-to-noise ratio in dB, as all Reticulum programs compute it. */
    double quality(double snrDb) {
        double least = -9 - 2.0 * (spreadingFactor - 7);
        double most = 6;
        double percent = Math.round((snrDb - least) / (most - least) * 1000) / 10.0;
        return Math.max(0, Math.min(100, percent));
    }

    /** For operators: {@code 869.525 MHz, 125 kHz, SF 8, CR 5}. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%.3f MHz, %s kHz, SF %d, CR %d",
                frequencyHz / 1e6,
                plain(bandwidthHz / 1000.0),
                spreadingFactor,
                codingRate);
    }

    static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
