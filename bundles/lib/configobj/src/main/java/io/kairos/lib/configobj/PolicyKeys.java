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

    private static final String DISCOVERY = "this interface is not announced for discovery";
    private static final String FIXED = "Kairos uses the built-in value";
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
            "announces_to_internal");

    private static final Map<String, String> WITHOUT = Map.ofEntries(
            Map.entry("bootstrap_only", "the interface is used at all times"),
            Map.entry("ignore_config_warnings", "there is nothing to ignore"),
            Map.entry("discoverable", DISCOVERY),
            Map.entry("announce_interval", DISCOVERY),
            Map.entry("discovery_name", DISCOVERY),
            Map.entry("discovery_stamp_value", DISCOVERY),
            Map.entry("discovery_encrypt", DISCOVERY),
            Map.entry("reachable_on", DISCOVERY),
            Map.entry("publish_ifac", DISCOVERY),
            Map.entry("latitude", DISCOVERY),
            Map.entry("longitude", DISCOVERY),
            Map.entry("height", DISCOVERY),
            Map.entry("location_cmd", DISCOVERY),
            Map.entry("discovery_frequency", DISCOVERY),
            Map.entry("discovery_bandwidth", DISCOVERY),
            Map.entry("discovery_modulation", DISCOVERY),
            Map.entry("ec_pr_freq", FIXED),
            Map.entry("ic_max_held_announces", FIXED),
            Map.entry("ic_burst_hold", FIXED),
            Map.entry("ic_burst_freq_new", FIXED),
            Map.entry("ic_burst_freq", FIXED),
            Map.entry("ic_pr_burst_freq_new", FIXED),
            Map.entry("ic_pr_burst_freq", FIXED),
            Map.entry("ic_new_time", FIXED),
            Map.entry("ic_burst_penalty", FIXED),
            Map.entry("ic_held_release_interval", FIXED));

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
