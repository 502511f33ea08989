package io.kairos.lib.configobj;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfaceMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the keys that every type of interface understands, and what Kairos calls them. Used once, by one thread. */
final class PolicyKeys {

    private static final String RADIO = "it describes radios that Kairos does not drive";
    private static final String MODES =
            "There is full, pointtopoint, access_point, roaming, boundary, gateway and internal.";

    private static final Set<InterfaceMode> ONLY_BY_MODE = Set.of(InterfaceMode.GATEWAY, InterfaceMode.INTERNAL);

    private static final Set<String> SHARED = Set.of(
            "mode",
            "interface_mode",
            "outgoing",
            "bitrate",
            "announce_cap",
            "network_name",
            "networkname",
            "passphrase",
            "pass_phrase",
            "ifac_size",
            "announce_rate_target",
            "announce_rate_grace",
            "announce_rate_penalty",
            "ingress_control",
            "egress_control",
            "gravity",
            "recursive_prs",
            "announces_from_internal",
            "announces_to_internal",
            "ic_max_held_announces",
            "ic_burst_hold",
            "ic_burst_freq_new",
            "ic_burst_freq",
            "ic_pr_burst_freq_new",
            "ic_pr_burst_freq",
            "ic_new_time",
            "ic_burst_penalty",
            "ic_held_release_interval",
            "ec_pr_freq",
            "ignore_config_warnings",
            "discoverable",
            "announce_interval",
            "discovery_name",
            "discovery_stamp_value",
            "discovery_encrypt",
            "reachable_on",
            "publish_ifac",
            "latitude",
            "longitude",
            "height");

    private static final Map<String, String> WITHOUT = Map.ofEntries(
            Map.entry("bootstrap_only", "the interface is used at all times"),
            Map.entry(
                    "location_cmd",
                    "Kairos runs no program to learn where it is; write latitude, longitude and height"),
            Map.entry("discovery_frequency", RADIO),
            Map.entry("discovery_bandwidth", RADIO),
            Map.entry("discovery_modulation", RADIO));

    private final ConfigSection section;
    private final Map<String, String> policy = new LinkedHashMap<>();
    private final List<InterfaceSection.Problem> problems = new ArrayList<>();
    private final InterfaceMode mode;
    private final OptionalLong bitrate;
    private final boolean enabled;

    PolicyKeys(ConfigSection section) {
        this.section = section;
        enabled = readEnabled();
        checkType();
        mode = readMode();
        bitrate = readNumber("bitrate", 5, Long.MAX_VALUE);
        flag("outgoing", "outgoing");
        announceCap();
        text("network_name", "networkname", "access.network.name");
        text("pass_phrase", "passphrase", "access.passphrase");
        accessSize();
        number("announce_rate_target", 1, "announce.rate.target.seconds");
        number("announce_rate_grace", 0, "announce.rate.grace");
        number("announce_rate_penalty", 0, "announce.rate.penalty.seconds");
        flag("ingress_control", "ingress.control");
        flag("egress_control", "egress.control");
        flag("recursive_prs", "recursive.path.requests");
        flag("announces_from_internal", "announces.from.internal");
        flag("announces_to_internal", "announces.to.internal");
        readNumber("gravity", Integer.MIN_VALUE, Integer.MAX_VALUE)
                .ifPresent(gravity -> policy.put("gravity", Long.toString(gravity)));
        number("ic_max_held_announces", 0, "ingress.held.limit");
        LimitKeys.OURS.forEach((theirs, ours) -> decimal(theirs, 0, Integer.MAX_VALUE, ours));
        discovery();
    }

    /** How the interface is announced; in Reticulum these keys count only where it is discoverable. */
    private void discovery() {
        flag("discoverable", "discoverable");
        if (!"true".equals(policy.get("discoverable"))) {
            return;
        }
        flag("ignore_config_warnings", "discoverable.keep.mode");
        text("discovery_name", "discovery_name", "discoverable.name");
        readNumber("announce_interval", Integer.MIN_VALUE, 1_000_000)
                .ifPresent(minutes -> policy.put("discoverable.interval.minutes", Long.toString(Math.max(5, minutes))));
        number("discovery_stamp_value", 0, "discoverable.stamp.value");
        flag("discovery_encrypt", "discoverable.encrypt");
        flag("publish_ifac", "discoverable.publish.access.code");
        decimal("latitude", -90, 90, "discoverable.latitude.degrees");
        decimal("longitude", -180, 180, "discoverable.longitude.degrees");
        decimal("height", -4_000, 1_000_000, "discoverable.height.metres");
        attempt("reachable_on", () -> section.text("reachable_on")).ifPresent(place -> {
            if (place.contains("/")) {
                problem(
                        "reachable_on",
                        section.wrong(
                                "reachable_on",
                                "Kairos runs no program to learn its address",
                                "Write name or address."));
            } else {
                policy.put("discoverable.reachable.on", place);
            }
        });
    }

    static boolean isShared(String key) {
        return SHARED.contains(key) || WITHOUT.containsKey(key);
    }

    static Optional<String> reasonWithout(String key) {
        return Optional.ofNullable(WITHOUT.get(key));
    }

    InterfaceMode mode() {
        return mode;
    }

    OptionalLong bitrate() {
        return bitrate;
    }

    Map<String, String> policy() {
        return policy;
    }

    List<InterfaceSection.Problem> problems() {
        return problems;
    }

    boolean enabled() {
        return enabled;
    }

    private boolean readEnabled() {
        boolean on = false;
        for (String key : List.of("enabled", "interface_enabled")) {
            on |= section.has(key) && attempt(key, () -> section.flag(key)).orElse(false);
        }
        return on;
    }

    private void checkType() {
        Optional<String> type = attempt("type", () -> section.text("type"));
        if (type.isEmpty() || type.get().isBlank()) {
            problem(
                    "type",
                    section.wrong("type", "the interface has no type", "Say for example type = TCPClientInterface."));
        }
    }

    private InterfaceMode readMode() {
        Optional<InterfaceMode> read = section.has("interface_mode") ? modeByLongKey() : modeByKey("mode");
        read.ifPresent(known -> policy.put("mode", known.word()));
        return read.orElse(InterfaceMode.FULL);
    }

    private Optional<InterfaceMode> modeByKey(String key) {
        return attempt(key, () -> section.text(key)).map(word -> {
            Optional<InterfaceMode> known = InterfaceMode.parse(word);
            if (known.isEmpty()) {
                problem(key, section.wrong(key, "'" + word + "' is no mode; full is used, as in Reticulum", MODES));
            }
            return known.orElse(InterfaceMode.FULL);
        });
    }

    /** In Reticulum this key knows five modes; with any other word, the key mode has to say gateway or internal. */
    private Optional<InterfaceMode> modeByLongKey() {
        Optional<InterfaceMode> known =
                attempt("interface_mode", () -> section.text("interface_mode")).flatMap(InterfaceMode::parse);
        if (known.isPresent() && !ONLY_BY_MODE.contains(known.get())) {
            return known;
        }
        if (section.has("mode")) {
            return Optional.of(modeByKey("mode").filter(ONLY_BY_MODE::contains).orElse(InterfaceMode.FULL));
        }
        InterfaceMode used = known.orElse(InterfaceMode.FULL);
        problem(
                "interface_mode",
                section.wrong(
                        "interface_mode",
                        "Reticulum does not start with this word here; %s is used".formatted(used.word()),
                        "Write it as mode. " + MODES));
        return Optional.of(used);
    }

    private void announceCap() {
        if (!section.has("announce_cap")) {
            return;
        }
        attempt("announce_cap", () -> {
                    double percent = section.decimal("announce_cap").orElseThrow();
                    if (percent <= 0 || percent > 100) {
                        throw section.wrong(
                                "announce_cap", "the value is out of range", "Write a percentage, 2 is usual.");
                    }
                    return Optional.of(percent);
                })
                .ifPresent(percent -> policy.put("announce.cap.percent", Double.toString(percent)));
    }

    /** Reticulum counts bits here and cuts them to whole bytes. */
    private void accessSize() {
        readNumber("ifac_size", 8, 512).ifPresent(bits -> policy.put("access.size.bits", Long.toString(bits / 8 * 8)));
    }

    private void text(String preferred, String other, String ours) {
        String key = section.has(preferred) ? preferred : other;
        attempt(key, () -> section.text(key)).filter(text -> !text.isEmpty()).ifPresent(text -> policy.put(ours, text));
    }

    private void flag(String key, String ours) {
        attempt(key, () -> section.flag(key)).ifPresent(flag -> policy.put(ours, Boolean.toString(flag)));
    }

    private void number(String key, int least, String ours) {
        readNumber(key, least, Integer.MAX_VALUE).ifPresent(number -> policy.put(ours, Long.toString(number)));
    }

    private void decimal(String key, double least, double most, String ours) {
        if (!section.has(key)) {
            return;
        }
        attempt(key, () -> {
                    double value = section.decimal(key).orElseThrow();
                    if (!(value >= least && value <= most)) {
                        throw section.wrong(key, value + " is out of range", "At least " + least + " is needed.");
                    }
                    return Optional.of(value);
                })
                .ifPresent(value -> policy.put(ours, Double.toString(value)));
    }

    private OptionalLong readNumber(String key, long least, long most) {
        Optional<Long> number = attempt(key, () -> {
            OptionalLong read = section.integer(key);
            if (read.isPresent() && (read.getAsLong() < least || read.getAsLong() > most)) {
                throw section.wrong(key, read.getAsLong() + " is out of range", "At least " + least + " is needed.");
            }
            return read.isPresent() ? Optional.of(read.getAsLong()) : Optional.empty();
        });
        return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    private <T> Optional<T> attempt(String key, Supplier<Optional<T>> reading) {
        try {
            return reading.get();
        } catch (MeshException e) {
            problem(key, e);
            return Optional.empty();
        }
    }

    private void problem(String key, MeshException failure) {
        problems.add(new InterfaceSection.Problem(key, section.line(key), failure.getMessage(), failure.remedy()));
    }
}
