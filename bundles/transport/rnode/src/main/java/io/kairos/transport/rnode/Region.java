package io.kairos.transport.rnode;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What the law of a part of the world allows everybody on air, and how radios are tuned there.
 *
 * @param name how an operator writes it
 * @param title one line
 * @param source the rule, for those who want to read it
 * @param bands what may be used
 * @param presets how a radio is tuned, by the name of the profile
 */
record Region(String name, String title, String source, List<SubBand> bands, Map<String, LoRa> presets) {

    /** What may be sent on a channel. */
    record Permit(int mostDbm, double dutyCycle) {}

    /**
     * Checks what an operator wants.
     *
     * @param power dBm at the radio; empty: as much as is allowed
     * @param antennaGainDbi gain of the antenna less the loss of its cable
     * @throws MeshException of kind {@code POLICY} that says what is allowed
     */
    Permit check(LoRa tuning, OptionalInt power, double antennaGainDbi) {
        List<SubBand> around = bands.stream().filter(band -> band.holds(tuning)).toList();
        if (around.isEmpty()) {
            throw refuse(
                    "%s with %s kHz is outside of what %s allows"
                            .formatted(mhz(tuning.frequencyHz()), khz(tuning.bandwidthHz()), title),
                    bands);
        }
        List<SubBand> wide = around.stream()
                .filter(band -> tuning.bandwidthHz() >= band.leastBandwidthHz())
                .toList();
        if (wide.isEmpty()) {
            throw refuse(
                    "A channel of %s kHz is too narrow for what %s allows at %s"
                            .formatted(khz(tuning.bandwidthHz()), title, mhz(tuning.frequencyHz())),
                    around);
        }
        SubBand band = wide.get(0);
        if (!band.longest().isZero() && tuning.longestTransmission().compareTo(band.longest()) > 0) {
            throw refuse(
                    "SF %d with %s kHz sends up to %d ms at a time, which is longer than what %s allows"
                            .formatted(
                                    tuning.spreadingFactor(),
                                    khz(tuning.bandwidthHz()),
                                    tuning.longestTransmission().toMillis(),
                                    title),
                    wide);
        }
        int most = band.mostDbm(antennaGainDbi);
        if (power.isPresent() && power.getAsInt() > most) {
            throw refuse(
                    "tx.power.dbm = %d is more than the %d dBm that %s allows at %s with an antenna of %s dBi"
                            .formatted(
                                    power.getAsInt(),
                                    most,
                                    title,
                                    mhz(tuning.frequencyHz()),
                                    LoRa.plain(antennaGainDbi)),
                    wide);
        }
        return new Permit(most, band.dutyCycle());
    }

    /** How a radio is tuned by a profile. */
    Optional<LoRa> preset(String profile) {
        return Optional.ofNullable(presets.get(profile));
    }

    private MeshException refuse(String message, List<SubBand> allowed) {
        return new MeshException(
                Failure.Kind.POLICY,
                message,
                "%s: %s. Whoever has a licence for more writes region = none and answers for it."
                        .formatted(
                                allowed.size() == 1 ? "Allowed is" : "Allowed are",
                                allowed.stream().map(SubBand::text).collect(Collectors.joining("; "))));
    }

    private static String mhz(long hertz) {
        return String.format(Locale.ROOT, "%.3f MHz", hertz / 1e6);
    }

    private static String khz(long hertz) {
        return LoRa.plain(hertz / 1000.0);
    }
}
