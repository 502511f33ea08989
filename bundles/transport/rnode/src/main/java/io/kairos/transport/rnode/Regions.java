package io.kairos.transport.rnode;

import io.kairos.transport.rnode.SubBand.Measured;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The regions this transport knows; docs/operate/radios.md tells the rules they come from. */
final class Regions {

    /** Written by whoever answers for frequency, power and airtime alone. */
    static final String NONE = "none";

    static final String LONG_RANGE = "long-range";
    static final String BALANCED = "balanced";
    static final String FAST = "fast";

    /** From far and slow to near and fast. */
    static final List<String> PROFILES = List.of(LONG_RANGE, BALANCED, FAST);

    private static final Duration DWELL = Duration.ofMillis(400);

    private static final List<Region> ALL = List.of(eu868(), eu433(), us915(), au915(), as923(), ism2400());

    private Regions() {}

    static List<Region> all() {
        return ALL;
    }

    static Optional<Region> find(String name) {
        return ALL.stream().filter(region -> region.name().equals(name)).findFirst();
    }

    /** For operators: all that may be written. */
    static String names() {
        return ALL.stream().map(Region::name).collect(Collectors.joining(", ")) + " or " + NONE;
    }

    private static Region eu868() {
        return new Region(
                "eu868",
                "Europe, 868 MHz",
                "Commission Decision 2006/771/EC as of (EU) 2022/180, bands 46a, 47, 48, 50, 54, 56b; ETSI EN 300 220-2",
                List.of(
                        SubBand.of(863, 865, 14, Measured.ERP, 0.1),
                        SubBand.of(865, 868, 14, Measured.ERP, 1),
                        SubBand.of(868, 868.6, 14, Measured.ERP, 1),
                        SubBand.of(868.7, 869.2, 14, Measured.ERP, 0.1),
                        SubBand.of(869.4, 869.65, 27, Measured.ERP, 10),
                        SubBand.of(869.7, 870, 14, Measured.ERP, 1)),
                presets(
                        new LoRa(869_525_000, 125_000, 10, 5),
                        new LoRa(869_525_000, 125_000, 8, 5),
                        new LoRa(869_525_000, 250_000, 7, 5)));
    }

    private static Region eu433() {
        return new Region(
                "eu433",
                "Europe, 433 MHz",
                "ERC Recommendation 70-03, annex 1, band f; ETSI EN 300 220-2",
                List.of(SubBand.of(433.05, 434.79, 10, Measured.ERP, 10)),
                presets(
                        new LoRa(434_550_000, 125_000, 10, 5),
                        new LoRa(434_550_000, 125_000, 8, 5),
                        new LoRa(434_550_000, 250_000, 7, 5)));
    }

    private static Region us915() {
        return new Region(
                "us915",
                "United States, 915 MHz",
                "47 CFR 15.247 (a)(2), (b)(3), (b)(4), (e): digital modulation without hopping",
                List.of(SubBand.of(902, 928, 30, Measured.CONDUCTED, 100).atLeastWide(500_000)),
                presets(
                        new LoRa(914_900_000, 500_000, 11, 5),
                        new LoRa(914_900_000, 500_000, 9, 5),
                        new LoRa(914_900_000, 500_000, 7, 5)));
    }

    private static Region au915() {
        return new Region(
                "au915",
                "Australia, 915 MHz",
                "Low Interference Potential Devices class licence: digital modulation transmitters; others at 3 mW",
                List.of(
                        SubBand.of(915, 928, 30, Measured.EIRP, 100).atLeastWide(500_000),
                        SubBand.of(915, 928, 4.7, Measured.EIRP, 100)),
                presets(
                        new LoRa(921_500_000, 500_000, 11, 5),
                        new LoRa(921_500_000, 500_000, 9, 5),
                        new LoRa(921_500_000, 500_000, 7, 5)));
    }

    /** What all countries of the plan have in common, by its strictest reading. */
    private static Region as923() {
        return new Region(
                "as923",
                "Asia, 923 MHz",
                "LoRaWAN regional parameters RP002, AS923-1: 16 dBm EIRP, 1 %, 400 ms; not for Japan",
                List.of(SubBand.of(923, 923.5, 16, Measured.EIRP, 1).atMostLong(DWELL)),
                presets(
                        new LoRa(923_250_000, 250_000, 8, 5),
                        new LoRa(923_250_000, 250_000, 7, 6),
                        new LoRa(923_250_000, 250_000, 7, 5)));
    }

    private static Region ism2400() {
        return new Region(
                "ism2400",
                "2.4 GHz",
                "Commission Decision 2006/771/EC as of (EU) 2022/180, band 57a; ETSI EN 300 440",
                List.of(SubBand.of(2_400, 2_483.5, 10, Measured.EIRP, 100)),
                presets(
                        new LoRa(2_427_000_000L, 812_500, 11, 5),
                        new LoRa(2_427_000_000L, 812_500, 8, 5),
                        new LoRa(2_427_000_000L, 1_625_000, 6, 5)));
    }

    private static Map<String, LoRa> presets(LoRa far, LoRa balanced, LoRa fast) {
        Map<String, LoRa> presets = new LinkedHashMap<>();
        presets.put(LONG_RANGE, far);
        presets.put(BALANCED, balanced);
        presets.put(FAST, fast);
        return Collections.unmodifiableMap(presets);
    }
}
