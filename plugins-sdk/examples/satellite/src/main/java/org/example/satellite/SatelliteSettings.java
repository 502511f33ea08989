package org.example.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** The settings, checked once and in types that cannot be confused. */
record SatelliteSettings(
        String name,
        String modemHost,
        int modemPort,
        long bitsPerSecond,
        long bytesPerMonth,
        boolean countsReceived,
        double reserve,
        double costPerMegabyte,
        Windows windows,
        InterfacePolicy policy) {

    static final int PACKET_BYTES = 500;

    private static final int CODE_BYTES = 8;

    /** Set by the node when its own check has refused a setting; its text is why. */
    private static final String REFUSED = "kairos.refused";

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static SatelliteSettings from(SatelliteConfig config, Map<String, ?> properties) {
        String name = config.interface_name();
        if (name == null || !name.strip().matches("[A-Za-z0-9._-]{1,64}")) {
            throw refuse("interface.name = " + name + " is not a short name", "Use letters, digits, dots and dashes.");
        }
        if (properties.get(REFUSED) != null) {
            throw refuse(properties.get(REFUSED).toString(), "Correct the setting; mesh:doctor names file and key.");
        }
        return new SatelliteSettings(
                name.strip(),
                config.modem_host().strip(),
                (int) between("modem.port", config.modem_port(), 1, 65_535),
                between("bitrate.bits.per.second", config.bitrate_bits_per_second(), 5, 1_000_000_000),
                between("budget.bytes.per.month", config.budget_bytes_per_month(), 0, 1L << 50),
                config.budget_counts_received(),
                between("budget.reserve.percent", config.budget_reserve_percent(), 0, 100) / 100.0,
                cost(config.cost_per_megabyte()),
                windows(config),
                InterfacePolicy.parse(properties, CODE_BYTES));
    }

    /** Enough to be shown, for settings that were refused. */
    static SatelliteSettings refused(Map<String, ?> properties) {
        String name = String.valueOf(properties.get("interface.name"));
        return new SatelliteSettings(name, "", 0, 2_400, 0, false, 0, 0, Windows.ALWAYS, InterfacePolicy.DEFAULT);
    }

    /** Most bytes of a packet with its access code. */
    int longest() {
        return PACKET_BYTES + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
    }

    private static Windows windows(SatelliteConfig config) {
        int period = config.window_period_minutes();
        int length = config.window_length_minutes();
        if (period == 0) {
            return Windows.ALWAYS;
        }
        between("window.period.minutes", period, 1, 1_000_000);
        between("window.length.minutes", length, 1, period);
        try {
            return new Windows(
                    Instant.parse(config.window_first()).toEpochMilli(),
                    Duration.ofMinutes(period),
                    Duration.ofMinutes(length));
        } catch (DateTimeParseException e) {
            throw refuse("window.first is not a time", "Write it like 2026-01-01T00:10:00Z.");
        }
    }

    private static double cost(double value) {
        if (!(value >= 0 && value <= 1e12)) {
            throw refuse("cost.per.megabyte = " + value + " is not 0 or more", "Free interfaces have 0.");
        }
        return value;
    }

    private static long between(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw refuse("%s = %d is not between %d and %d".formatted(key, value, min, max), "See the README.");
        }
        return value;
    }

    private static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }
}
