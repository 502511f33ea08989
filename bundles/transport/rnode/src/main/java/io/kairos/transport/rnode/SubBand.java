package io.kairos.transport.rnode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A stretch of spectrum that everybody may use, and how.
 *
 * @param fromHz where it begins
 * @param toHz where it ends; a channel lies within with its whole width
 * @param powerDbm most power
 * @param measured where that power is measured
 * @param dutyCycle share of each hour that one station may send; 1: no limit
 * @param leastBandwidthHz narrowest channel that is allowed; 0: any
 * @param longest longest single transmission; zero: any
 */
record SubBand(
        long fromHz,
        long toHz,
        double powerDbm,
        Measured measured,
        double dutyCycle,
        long leastBandwidthHz,
        Duration longest) {

    private static final double DIPOLE_DBI = 2.15;
    private static final double FREE_GAIN_DBI = 6;

    /** Where a limit of power holds. */
    enum Measured {
        /** Behind the antenna, compared with a dipole. */
        ERP,
        /** Behind the antenna, compared with one that sends everywhere alike. */
        EIRP,
        /** Before the antenna, which may add 6 dBi. */
        CONDUCTED
    }

    static SubBand of(double fromMhz, double toMhz, double powerDbm, Measured measured, double dutyPercent) {
        return new SubBand(
                Math.round(fromMhz * 1e6),
                Math.round(toMhz * 1e6),
                powerDbm,
                measured,
                dutyPercent / 100,
                0,
                Duration.ZERO);
    }

    SubBand atLeastWide(long bandwidthHz) {
        return new SubBand(fromHz, toHz, powerDbm, measured, dutyCycle, bandwidthHz, longest);
    }

    SubBand atMostLong(Duration transmission) {
        return new SubBand(fromHz, toHz, powerDbm, measured, dutyCycle, leastBandwidthHz, transmission);
    }

    boolean holds(LoRa tuning) {
        long half = tuning.bandwidthHz() / 2;
        return tuning.frequencyHz() - half >= fromHz && tuning.frequencyHz() + half <= toHz;
    }

    /** What a radio with such an antenna may be set to, in whole dBm. */
    int mostDbm(double antennaGainDbi) {
        double most = switch (measured) {
            case ERP -> powerDbm - (antennaGainDbi - DIPOLE_DBI);
            case EIRP -> powerDbm - antennaGainDbi;
            case CONDUCTED -> powerDbm - Math.max(0, antennaGainDbi - FREE_GAIN_DBI);
        };
        return (int) Math.floor(most + 1e-9);
    }

    /** For operators: {@code 869.4-869.65 MHz: 27 dBm ERP, 10 %}. */
    String text() {
        List<String> parts = new ArrayList<>();
        parts.add(LoRa.plain(powerDbm) + " dBm " + (measured == Measured.CONDUCTED ? "conducted" : measured.name()));
        if (dutyCycle < 1) {
            parts.add(String.format(Locale.ROOT, "%s %%", LoRa.plain(Math.round(dutyCycle * 1e4) / 100.0)));
        }
        if (leastBandwidthHz > 0) {
            parts.add("at least " + LoRa.plain(leastBandwidthHz / 1000.0) + " kHz wide");
        }
        if (!longest.isZero()) {
            parts.add("at most " + longest.toMillis() + " ms at a time");
        }
        return LoRa.plain(fromHz / 1e6) + "-" + LoRa.plain(toHz / 1e6) + " MHz: " + String.join(", ", parts);
    }
}
