package io.kairos.api.transport;

/**
 * How well one packet was heard.
 *
 * @param rssiDbm received signal strength in dBm, {@code NaN} where unknown
 * @param snrDb signal-to-noise ratio in dB, {@code NaN} where unknown
 * @param quality link quality in percent, {@code NaN} where unknown
 */
public record Signal(double rssiDbm, double snrDb, double quality) {}
