package io.kairos.admin.importer;

import io.kairos.lib.configobj.ConfigSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The radios of a device with several: a section each in Reticulum, an entry of one setting here. */
final class RadioSections {

    /** How a radio is set up: their keys and ours. */
    static final Map<String, String> KEYS = keys();

    private static final Set<String> ABOUT_ITSELF = Set.of("enabled", "interface_enabled", "vport");

    private RadioSections() {}

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("frequency", "frequency.hz");
        keys.put("bandwidth", "bandwidth.hz");
        keys.put("txpower", "tx.power.dbm");
        keys.put("spreadingfactor", "spreading.factor");
        keys.put("codingrate", "coding.rate");
        keys.put("flow_control", "flow.control");
        keys.put("airtime_limit_short", "airtime.limit.short.percent");
        keys.put("airtime_limit_long", "airtime.limit.long.percent");
        return keys;
    }

    /** The setting {@code radios} for the sections of a device. */
    static String entries(ConfigSection device) {
        List<String> entries = new ArrayList<>();
        for (ConfigSection radio : device.sections()) {
            if (!isEnabled(radio)) {
                continue;
            }
            StringBuilder entry =
                    new StringBuilder(name(radio.name())).append(" index=").append(word(radio, "vport"));
            KEYS.forEach((theirs, ours) -> {
                if (radio.has(theirs)) {
                    String value = theirs.equals("flow_control")
                            ? radio.flag(theirs).orElse(false).toString()
                            : word(radio, theirs);
                    entry.append(' ').append(ours).append('=').append(value);
                }
            });
            entries.add(entry.toString());
        }
        return String.join(",", entries);
    }

    /** What of a radio's section is not taken over, with the reason. */
    static Map<String, String> without(ConfigSection radio) {
        Map<String, String> without = new LinkedHashMap<>();
        if (!isEnabled(radio)) {
            without.put("", "the radio is switched off");
            return without;
        }
        for (String key : radio.keys()) {
            if (key.equals("outgoing")) {
                without.put(key, "all radios of a device send or none does");
            } else if (!KEYS.containsKey(key) && !ABOUT_ITSELF.contains(key)) {
                without.put(key, "a radio has no such key");
            }
        }
        return without;
    }

    private static boolean isEnabled(ConfigSection radio) {
        return radio.flag("enabled").orElse(false)
                || radio.flag("interface_enabled").orElse(false);
    }

    /** A name without blanks and commas, which divide entries. */
    private static String name(String theirs) {
        return theirs.strip().replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
    }

    private static String word(ConfigSection section, String key) {
        return section.text(key).orElse("").strip().replaceAll("[\\s,]", "");
    }
}
