package io.kairos.transport.rnode;

import static io.kairos.lib.medium.Checks.refuse;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What an operator has written for one radio; checked against the region and made complete by its profile.
 *
 * @param power number of dBm, or {@code auto}
 */
record RadioWish(
        int index,
        String name,
        String region,
        String profile,
        long frequencyHz,
        long bandwidthHz,
        int spreadingFactor,
        int codingRate,
        String power,
        double antennaGainDbi,
        double shortLimitPercent,
        double longLimitPercent,
        boolean flowControl) {

    private static final String AUTO = "auto";
    private static final int POWER_WITHOUT_REGION = 14;
    private static final int LEAST_DBM = -9;
    private static final int MOST_DBM = 37;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Set<String> KEYS = Set.of(
            "index",
            "region",
            "profile",
            "frequency.hz",
            "bandwidth.hz",
            "spreading.factor",
            "coding.rate",
            "tx.power.dbm",
            "antenna.gain.dbi",
            "airtime.limit.short.percent",
            "airtime.limit.long.percent",
            "flow.control");

    static RadioWish of(RNodeConfig config) {
        return new RadioWish(
                0,
                "",
                word(config.region()),
                word(config.profile()),
                config.frequency_hz(),
                config.bandwidth_hz(),
                config.spreading_factor(),
                config.coding_rate(),
                word(config.tx_power_dbm()),
                config.antenna_gain_dbi(),
                config.airtime_limit_short_percent(),
                config.airtime_limit_long_percent(),
                config.flow_control());
    }

    /** Reads one entry of {@code radios}: a name and then {@code key=value}, divided by blanks. */
    static RadioWish parse(String entry, String usualRegion) {
        String[] words = entry.strip().split("\\s+");
        String name = words[0];
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,31}")) {
            throw refuse(
                    "radios has an entry that begins with '%s', which is no name".formatted(name),
                    "Begin each entry with a name of the radio, for example: low index=0 profile=balanced.");
        }
        Map<String, String> values = new HashMap<>();
        for (String word : List.of(words).subList(1, words.length)) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 || !KEYS.contains(key)) {
                throw refuse(
                        "radios: %s has no setting '%s'".formatted(name, key),
                        "Its settings are: "
                                + String.join(", ", KEYS.stream().sorted().toList()) + ".");
            }
            values.put(key, word.substring(equals + 1));
        }
        if (!values.containsKey("index")) {
            throw refuse(
                    "radios: %s has no index".formatted(name),
                    "Write index=0 for the first radio of the device; iface:rnode-scan lists them.");
        }
        return new RadioWish(
                (int) number(name, values, "index", 0),
                name,
                word(values.getOrDefault("region", usualRegion)),
                word(values.get("profile")),
                (long) number(name, values, "frequency.hz", 0),
                (long) number(name, values, "bandwidth.hz", 0),
                (int) number(name, values, "spreading.factor", 0),
                (int) number(name, values, "coding.rate", 0),
                word(values.getOrDefault("tx.power.dbm", AUTO)),
                number(name, values, "antenna.gain.dbi", 2.15),
                number(name, values, "airtime.limit.short.percent", 0),
                number(name, values, "airtime.limit.long.percent", 0),
                Boolean.parseBoolean(values.getOrDefault("flow.control", "false")));
    }

    /**
     * The settings of the radio.
     *
     * @throws io.kairos.api.failure.MeshException that names key, value and what is allowed
     */
    RadioSettings settle() {
        if (region.isEmpty()) {
            throw refuse(
                    "region is missing",
                    "Write where the radio stands: " + Regions.names()
                            + ". none leaves frequency, power and airtime to you and your licence.");
        }
        if (index < 0 || index >= Answers.MOST_RADIOS) {
            throw refuse("index = %d is no radio of a device".formatted(index), "The first radio has index 0.");
        }
        between("antenna.gain.dbi", antennaGainDbi, -10, 30);
        between("airtime.limit.short.percent", shortLimitPercent, 0, 100);
        between("airtime.limit.long.percent", longLimitPercent, 0, 100);
        OptionalInt dbm = dbm();
        if (region.equals(Regions.NONE)) {
            LoRa tuning = check(own(new LoRa(0, 0, 0, 0)));
            return settings(tuning, dbm.orElse(POWER_WITHOUT_REGION), longLimitPercent);
        }
        Region law = Regions.find(region)
                .orElseThrow(
                        () -> refuse("region = %s is not known".formatted(region), "Write " + Regions.names() + "."));
        LoRa tuning = check(own(preset(law)));
        Region.Permit permit = law.check(tuning, dbm, antennaGainDbi);
        double allowed = Math.round(permit.dutyCycle() * 1e4) / 100.0;
        if (longLimitPercent > allowed) {
            throw refuse(
                    "airtime.limit.long.percent = %s is more than the %s %% that %s allows there"
                            .formatted(LoRa.plain(longLimitPercent), LoRa.plain(allowed), law.title()),
                    "Lower it, or leave it at 0 for what is allowed.");
        }
        double limit = longLimitPercent > 0 || allowed >= 100 ? longLimitPercent : allowed;
        int most = Math.min(permit.mostDbm(), MOST_DBM);
        return settings(tuning, dbm.orElse(most), limit);
    }

    private RadioSettings settings(LoRa tuning, int power, double longLimit) {
        RadioSettings settings = new RadioSettings(
                index, name, tuning, power, this.power.equals(AUTO), shortLimitPercent, longLimit, flowControl);
        Duration longest = tuning.airtime(CommandDecoder.LONGEST);
        double hour = HOUR.toNanos() * settings.airtimeShare();
        double moment = 15e9 * settings.shortShare();
        if (longest.toNanos() > Math.min(hour, moment)) {
            throw refuse(
                    "A packet of %d bytes takes %d ms with SF %d and %s kHz, which is more than the airtime limits ever allow"
                            .formatted(
                                    CommandDecoder.LONGEST,
                                    longest.toMillis(),
                                    tuning.spreadingFactor(),
                                    LoRa.plain(tuning.bandwidthHz() / 1000.0)),
                    "Choose a faster profile, or a frequency or limit that allows more airtime.");
        }
        return settings;
    }

    private LoRa preset(Region law) {
        if (profile.isEmpty()) {
            return new LoRa(0, 0, 0, 0);
        }
        return law.preset(profile)
                .orElseThrow(() -> refuse(
                        "profile = %s is not known".formatted(profile),
                        "Write " + String.join(", ", Regions.PROFILES)
                                + "; iface:rnode-profiles tells what they mean."));
    }

    private LoRa own(LoRa otherwise) {
        return new LoRa(
                frequencyHz == 0 ? otherwise.frequencyHz() : frequencyHz,
                bandwidthHz == 0 ? otherwise.bandwidthHz() : bandwidthHz,
                spreadingFactor == 0 ? otherwise.spreadingFactor() : spreadingFactor,
                codingRate == 0 ? otherwise.codingRate() : codingRate);
    }

    private LoRa check(LoRa tuning) {
        if (tuning.frequencyHz() == 0
                || tuning.bandwidthHz() == 0
                || tuning.spreadingFactor() == 0
                || tuning.codingRate() == 0) {
            throw refuse(
                    "The radio is not tuned: profile, or frequency.hz, bandwidth.hz, spreading.factor and coding.rate are"
                            + " missing",
                    region.equals(Regions.NONE)
                            ? "Write frequency.hz, bandwidth.hz, spreading.factor and coding.rate; profiles need a region."
                            : "Write profile = balanced; iface:rnode-profiles tells what there is.");
        }
        between("frequency.hz", tuning.frequencyHz(), 137_000_000, 3_000_000_000L);
        between("bandwidth.hz", tuning.bandwidthHz(), 7_800, 1_625_000);
        between("spreading.factor", tuning.spreadingFactor(), 5, 12);
        between("coding.rate", tuning.codingRate(), 5, 8);
        return tuning;
    }

    private OptionalInt dbm() {
        if (power.equals(AUTO)) {
            return OptionalInt.empty();
        }
        try {
            int dbm = Integer.parseInt(power);
            between("tx.power.dbm", dbm, LEAST_DBM, MOST_DBM);
            return OptionalInt.of(dbm);
        } catch (NumberFormatException e) {
            throw refuse("tx.power.dbm = %s is no number of dBm".formatted(power), "Write a whole number, or auto.");
        }
    }

    private static void between(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw refuse(
                    "%s = %s is not between %s and %s"
                            .formatted(key, LoRa.plain(value), LoRa.plain(least), LoRa.plain(most)),
                    "Correct it; iface:rnode-profiles shows what is usual.");
        }
    }

    private static double number(String name, Map<String, String> values, String key, double otherwise) {
        String text = values.get(key);
        try {
            return text == null ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw refuse("radios: %s %s = %s is no number".formatted(name, key, text), "Correct it.");
        }
    }

    private static String word(String text) {
        return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    }
}
