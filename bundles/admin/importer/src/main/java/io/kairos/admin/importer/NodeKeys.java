package io.kairos.admin.importer;

import io.kairos.api.transport.InterfaceMode;
import io.kairos.lib.configobj.ConfigSection;
import io.kairos.lib.configobj.LimitKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** What the keys of {@code [reticulum]} and {@code [logging]} are called here. */
final class NodeKeys {

    private static final String ROUTER = "io.kairos.core.router.cfg";
    private static final String LINK = "io.kairos.core.link.cfg";
    private static final String MANAGEMENT = "io.kairos.core.management.cfg";
    private static final String FOUND = "io.kairos.core.discovery.cfg";

    /** Where Reticulum programs are served, as the distribution calls the file. */
    static final String LOCAL = "io.kairos.transport.local-programs.cfg";

    static final Map<String, Target> TARGETS = targets();

    /** Taken over as defaults of each interface that says nothing itself. */
    static final Map<String, String> DEFAULTS = defaults();

    static final Map<String, String> WITHOUT = without();

    /**
     * Where a key goes.
     *
     * @param file in {@code etc}
     * @param key ours
     * @param value reads theirs
     * @param usual what holds where ours is not set
     */
    record Target(String file, String key, BiFunction<ConfigSection, String, String> value, String usual) {}

    private NodeKeys() {}

    private static Map<String, Target> targets() {
        Map<String, Target> targets = new LinkedHashMap<>();
        targets.put("enable_transport", new Target(ROUTER, "forward", NodeKeys::flag, "true"));
        targets.put("local_hops_delta", new Target(ROUTER, "local.hops.delta", NodeKeys::flag, "false"));
        targets.put("use_implicit_proof", new Target(LINK, "proofs.explicit", NodeKeys::opposite, "false"));
        targets.put("link_mtu_discovery", new Target(LINK, "mtu.discovery", (in, key) -> "true", "true"));
        targets.put("respond_to_probes", new Target(MANAGEMENT, "probe.respond", NodeKeys::flag, "false"));
        targets.put("enable_remote_management", new Target(MANAGEMENT, "remote.enabled", NodeKeys::flag, "false"));
        targets.put("remote_management_allowed", new Target(MANAGEMENT, "remote.allowed", NodeKeys::hashes, ""));
        targets.put("publish_blackhole", new Target(MANAGEMENT, "blackhole.publish", NodeKeys::flag, "false"));
        targets.put("blackhole_sources", new Target(MANAGEMENT, "blackhole.sources", NodeKeys::hashes, ""));
        targets.put(
                "blackhole_update_interval",
                new Target(MANAGEMENT, "blackhole.interval.minutes", NodeKeys::minutes, "60"));
        targets.put("discover_interfaces", new Target(FOUND, "enabled", NodeKeys::flag, "false"));
        targets.put("required_discovery_value", new Target(FOUND, "required.value", NodeKeys::work, "16"));
        targets.put("interface_discovery_sources", new Target(FOUND, "sources", NodeKeys::hashes, ""));
        targets.put("share_instance", new Target(LOCAL, "enabled", NodeKeys::flag, "true"));
        targets.put("instance_name", new Target(LOCAL, "instance.name", NodeKeys::instance, "default"));
        targets.put("shared_instance_type", new Target(LOCAL, "socket", NodeKeys::socket, "auto"));
        targets.put("shared_instance_port", new Target(LOCAL, "listen.port", NodeKeys::port, "37428"));
        targets.put("instance_control_port", new Target(LOCAL, "control.port", NodeKeys::port, "37429"));
        targets.put("rpc_key", new Target(LOCAL, "rpc.key", NodeKeys::digits, ""));
        targets.put(
                "autoconnect_discovered_interfaces",
                new Target(FOUND, "autoconnect.maximum", NodeKeys::atLeastNone, "0"));
        targets.put("autoconnect_interface_mode", new Target(FOUND, "autoconnect.mode", NodeKeys::mode, ""));
        targets.put(
                "autoconnect_interface_gravity",
                new Target(
                        FOUND, "autoconnect.gravity", (in, key) -> in.text(key).orElse("0"), "0"));
        targets.put(
                "autoconnect_announces_to_internal",
                new Target(FOUND, "autoconnect.announces.to.internal", NodeKeys::flag, "false"));
        return targets;
    }

    private static Map<String, String> defaults() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("default_gravity", "gravity");
        keys.put("default_ar_target", "announce.rate.target.seconds");
        keys.put("default_ar_penalty", "announce.rate.penalty.seconds");
        keys.put("default_ar_grace", "announce.rate.grace");
        keys.put("ic_max_held_announces", "ingress.held.limit");
        keys.putAll(LimitKeys.OURS);
        return keys;
    }

    private static Map<String, String> without() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("panic_on_interface_error", "an interface that fails is told of and tried again; the node goes on");
        keys.put("static_transport_identity", "the node's identity is always kept");
        keys.put("force_shared_instance_bitrate", "for tests only");
        keys.put("egress_control", "it is a setting of each interface: egress.control = true");
        keys.put("loglevel", "set it in the console: log:set DEBUG io.kairos");
        keys.put("logtimestamps", "every line of the log has its time");
        return keys;
    }

    private static String flag(ConfigSection section, String key) {
        return section.flag(key).orElseThrow().toString();
    }

    private static String opposite(ConfigSection section, String key) {
        return Boolean.toString(!section.flag(key).orElseThrow());
    }

    /** In Reticulum everything below 1 means the usual value. */
    private static String work(ConfigSection section, String key) {
        long value = section.integer(key).orElseThrow();
        return Long.toString(value <= 0 ? 16 : Math.min(255, value));
    }

    /** A number as it is written where it is whole. */
    static String number(ConfigSection section, String key) {
        double value = section.decimal(key).orElseThrow();
        if (value < 0 && key.startsWith("ic_")) {
            throw section.wrong(key, "it is below 0", "Leave it out for the built-in number.");
        }
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String atLeastNone(ConfigSection section, String key) {
        return Long.toString(Math.max(0, section.integer(key).orElseThrow()));
    }

    private static String mode(ConfigSection section, String key) {
        String word = section.text(key).orElse("");
        return InterfaceMode.parse(word)
                .orElseThrow(() -> section.wrong(key, "'" + word + "' is no mode", "Write gateway, for example."))
                .word();
    }

    private static String minutes(ConfigSection section, String key) {
        return Long.toString(Math.max(2, section.integer(key).orElseThrow()));
    }

    /** Text that fits into the name of a socket. */
    private static String instance(ConfigSection section, String key) {
        String name = section.text(key).orElseThrow().strip();
        if (!name.matches("[!-~]{1,90}")) {
            throw section.wrong(
                    key, "'" + name + "' is no name of an instance", "Use at most 90 letters, digits and signs.");
        }
        return name;
    }

    private static String socket(ConfigSection section, String key) {
        String word = section.text(key).orElseThrow().strip().toLowerCase(Locale.ROOT);
        if (!word.equals("tcp") && !word.equals("unix")) {
            throw section.wrong(key, "'" + word + "' is ignored by Reticulum, too", "Write tcp or unix.");
        }
        return word;
    }

    private static String port(ConfigSection section, String key) {
        long port = section.integer(key).orElseThrow();
        if (port < 1 || port > 65_535) {
            throw section.wrong(key, port + " is no port", "Ports are 1 to 65535.");
        }
        return Long.toString(port);
    }

    /** A key that is not hexadecimal is ignored by Reticulum, and the key of the folder holds. */
    private static String digits(ConfigSection section, String key) {
        String digits = section.text(key).orElseThrow().replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("([0-9a-f]{2})+")) {
            throw section.wrong(
                    key, "it is not hexadecimal, so programs use the key of their folder", "Write pairs of digits.");
        }
        return digits;
    }

    private static String hashes(ConfigSection section, String key) {
        List<String> hashes = section.list(key);
        for (String hash : hashes) {
            if (!hash.matches("[0-9a-fA-F]{32}")) {
                throw section.wrong(key, "'" + hash + "' is no hash of an identity", "Write 32 hexadecimal digits.");
            }
        }
        return String.join(",", hashes);
    }
}
