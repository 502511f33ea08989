package org.example.satellite;

import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.paid.Costs;
import io.kairos.lib.medium.paid.Reserve;
import io.kairos.lib.medium.paid.Windows;
import java.util.Map;

/** The settings, checked once and in types that cannot be confused. */
record SatelliteSettings(
        String name,
        String modemHost,
        int modemPort,
        long bytesPerMonth,
        boolean countsReceived,
        Reserve reserve,
        Costs costs,
        InterfacePolicy policy) {

    private static final int PACKET_BYTES = 500;

    private static final int CODE_BYTES = 8;

    /**
     * Checks the settings.
     *
     * @throws io.kairos.api.failure.MeshException that names key, value and remedy
     */
    static SatelliteSettings from(SatelliteConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "sat");
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw Checks.refuse(
                    "interface.name = " + name + " is not a short name", "Use letters, digits, dots and dashes.");
        }
        Costs costs = new Costs(
                Checks.bitsPerSecond(config.bitrate_bits_per_second(), 2_400),
                PACKET_BYTES,
                Costs.perMegabyte(config.cost_per_megabyte()),
                1,
                Windows.parse(config.window_period_minutes(), config.window_length_minutes(), config.window_first()));
        return new SatelliteSettings(
                name,
                config.modem_host().strip(),
                Checks.between("modem.port", config.modem_port(), 1, 65_535, 7_001),
                Checks.between("budget.bytes.per.month", config.budget_bytes_per_month(), 0, 1L << 50, 1_000_000),
                config.budget_counts_received(),
                Reserve.ofPercent(config.budget_reserve_percent()),
                costs,
                InterfacePolicy.parse(properties, CODE_BYTES));
    }

    /** Enough to be shown, for settings that were refused. */
    static SatelliteSettings refused(Map<String, ?> properties) {
        String name = Checks.nameOfRefused(properties, SatelliteInterface.KIND_NAME);
        Costs none = new Costs(2_400, PACKET_BYTES, 0, 1, Windows.ALWAYS);
        return new SatelliteSettings(name, "", 0, 0, false, new Reserve(0), none, InterfacePolicy.DEFAULT);
    }

    /** Most bytes of a packet with its access code. */
    int longest() {
        return PACKET_BYTES + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
    }
}
