package io.kairos.admin.importer;

import io.kairos.lib.configobj.ConfigSection;
import io.kairos.lib.configobj.InterfaceSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a type of interface of Reticulum is called here.
 *
 * @param pid factory PID of its settings
 * @param keys its keys and ours, the preferred spelling first
 * @param lists keys that take several values
 * @param without keys that have no counterpart, with the reason
 * @param fixed settings that make ours behave like the original
 */
record InterfaceKind(
        String pid,
        Map<String, String> keys,
        Set<String> lists,
        Map<String, String> without,
        Map<String, String> fixed) {

    private static final String TCP_CLIENT = "io.kairos.transport.tcp.client";
    private static final String TCP_SERVER = "io.kairos.transport.tcp.server";
    private static final String RADIOS = "io.kairos.transport.rnode.multi";
    private static final String BITRATE = "bitrate.bits.per.second";
    private static final Map<String, String> I2P =
            Map.of("i2p_tunneled", "the timers are those of an ordinary connection");

    private static final Set<String> NOT_YET = Set.of("RNodeIPInterface", "WeaveInterface");

    /** Whether Reticulum knows the type and Kairos has no transport for it. */
    static boolean isNotYet(String type) {
        return NOT_YET.contains(type);
    }

    /** The kind for a section; {@code null} for a type that is not known. */
    static InterfaceKind of(String type, ConfigSection section) {
        return switch (type) {
            case "AutoInterface" -> auto();
            case "TCPClientInterface" -> client(Map.of());
            case "TCPServerInterface" -> server(Map.of());
            case "BackboneClientInterface" -> client(Map.of(BITRATE, "100000000"));
            case "BackboneInterface" ->
                section.has("remote") || section.has("target_host")
                        ? client(Map.of(BITRATE, "100000000"))
                        : server(Map.of(BITRATE, "1000000000"));
            case "UDPInterface" -> udp();
            case "PipeInterface" -> pipe();
            case "RNodeInterface" -> rnode();
            case "RNodeMultiInterface" -> rnodeMulti();
            case "SerialInterface" ->
                new InterfaceKind("io.kairos.transport.serial", port(), Set.of(), Map.of(), Map.of());
            case "KISSInterface" -> kiss();
            case "AX25KISSInterface" -> ax25();
            case "I2PInterface" -> i2p();
            default -> null;
        };
    }

    private static InterfaceKind auto() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("group_id", "group.id");
        keys.put("discovery_scope", "discovery.scope");
        keys.put("multicast_address_type", "multicast.address.type");
        keys.put("discovery_port", "discovery.port");
        keys.put("data_port", "data.port");
        keys.put("devices", "devices");
        keys.put("ignored_devices", "ignored.devices");
        keys.put("configured_bitrate", BITRATE);
        return new InterfaceKind(
                "io.kairos.transport.auto", keys, Set.of("devices", "ignored_devices"), Map.of(), Map.of());
    }

    private static InterfaceKind client(Map<String, String> fixed) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("remote", "peer.host");
        keys.put("target_host", "peer.host");
        keys.put("port", "peer.port");
        keys.put("target_port", "peer.port");
        keys.put("fixed_mtu", "fixed.packet.bytes");
        keys.put("kiss_framing", "framing");
        Map<String, String> without = new LinkedHashMap<>(I2P);
        without.put("connect_timeout", "Reticulum ignores it, too: 5 s");
        without.put("max_reconnect_tries", "Kairos tries again for as long as the interface is configured");
        without.put("prefer_ipv6", "addresses are tried as the system orders them");
        without.put("transport_identity", "it is only a note about the other end");
        return new InterfaceKind(TCP_CLIENT, keys, Set.of(), without, fixed);
    }

    private static InterfaceKind server(Map<String, String> fixed) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("listen_on", "listen.host");
        keys.put("listen_ip", "listen.host");
        keys.put("port", "listen.port");
        keys.put("listen_port", "listen.port");
        keys.put("device", "device");
        keys.put("block_fast_flapping", "fast.flapping.block");
        keys.put("fast_flapping_threshold", "fast.flapping.threshold.seconds");
        keys.put("fast_flapping_grace", "fast.flapping.grace");
        keys.put("fast_flapping_block_time", "fast.flapping.block.minutes");
        Map<String, String> without = new LinkedHashMap<>(I2P);
        without.put("prefer_ipv6", "the device's first address is used");
        return new InterfaceKind(TCP_SERVER, keys, Set.of(), without, fixed);
    }

    private static InterfaceKind udp() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("listen_ip", "listen.host");
        keys.put("listen_port", "listen.port");
        keys.put("forward_ip", "forward.host");
        keys.put("forward_port", "forward.port");
        keys.put("device", "device");
        return new InterfaceKind("io.kairos.transport.udp", keys, Set.of(), Map.of(), Map.of());
    }

    private static InterfaceKind pipe() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("command", "command");
        keys.put("respawn_delay", "restart.delay.seconds");
        return new InterfaceKind(
                "io.kairos.transport.pipe", keys, Set.of(), Map.of(), Map.of("environment.inherit", "true"));
    }

    /** Their operators answer for the law themselves, so they go on doing so. */
    private static InterfaceKind rnode() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("port", "port");
        keys.put("id_interval", "id.interval.seconds");
        keys.put("id_callsign", "id.callsign");
        keys.putAll(RadioSections.KEYS);
        return new InterfaceKind("io.kairos.transport.rnode", keys, Set.of(), Map.of(), Map.of("region", "none"));
    }

    private static InterfaceKind rnodeMulti() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("port", "port");
        keys.put("id_interval", "id.interval.seconds");
        keys.put("id_callsign", "id.callsign");
        return new InterfaceKind(RADIOS, keys, Set.of(), Map.of(), Map.of("region", "none"));
    }

    /** Whether each section within its section is a radio. */
    boolean hasRadios() {
        return pid.equals(RADIOS);
    }

    private static Map<String, String> port() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("port", "port");
        keys.put("speed", "speed");
        keys.put("databits", "data.bits");
        keys.put("parity", "parity");
        keys.put("stopbits", "stop.bits");
        return keys;
    }

    private static Map<String, String> modem() {
        Map<String, String> keys = port();
        keys.put("preamble", "preamble.milliseconds");
        keys.put("txtail", "tail.milliseconds");
        keys.put("persistence", "persistence");
        keys.put("slottime", "slot.time.milliseconds");
        keys.put("flow_control", "ready.flow.control");
        return keys;
    }

    private static InterfaceKind kiss() {
        Map<String, String> keys = modem();
        keys.put("id_interval", "id.interval.seconds");
        keys.put("id_callsign", "id.callsign");
        keys.put("discovery_frequency", "air.frequency.hz");
        keys.put("discovery_bandwidth", "air.bandwidth.hz");
        keys.put("discovery_modulation", "air.modulation");
        return new InterfaceKind("io.kairos.transport.kiss", keys, Set.of(), Map.of(), Map.of());
    }

    private static InterfaceKind ax25() {
        Map<String, String> keys = modem();
        keys.put("callsign", "callsign");
        keys.put("ssid", "ssid");
        return new InterfaceKind("io.kairos.transport.ax25", keys, Set.of(), Map.of(), Map.of());
    }

    private static InterfaceKind i2p() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("peers", "peers");
        keys.put("connectable", "connectable");
        return new InterfaceKind("io.kairos.transport.i2p", keys, Set.of("peers"), Map.of(), Map.of());
    }

    /** The settings of ours for a section; what every interface has comes from {@link InterfaceSection#policy}. */
    Map<String, String> settings(InterfaceSection entry) {
        ConfigSection section = entry.section();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("interface.name", entry.name());
        settings.putAll(fixed);
        if (pid.endsWith(".udp") && section.has("port")) {
            section.text("port").ifPresent(port -> {
                settings.put("listen.port", port);
                settings.put("forward.port", port);
            });
        }
        keys.forEach((theirs, ours) -> {
            if (section.has(theirs)) {
                settings.put(ours, value(section, theirs));
            }
        });
        if (hasRadios()) {
            settings.put("radios", RadioSections.entries(section));
        }
        if (!pid.startsWith("io.kairos.transport.rnode")) { // their bit rate follows from how they are tuned
            entry.bitrate().ifPresent(bitrate -> settings.put(BITRATE, Long.toString(bitrate)));
        }
        settings.putAll(entry.policy());
        return settings;
    }

    private String value(ConfigSection section, String key) {
        if (lists.contains(key)) {
            return String.join(",", section.list(key));
        }
        return switch (key) {
            case "kiss_framing" -> section.flag(key).orElse(false) ? "kiss" : "hdlc";
            case "connectable" -> section.flag(key).orElse(false).toString();
            case "block_fast_flapping" -> section.flag(key).orElse(true).toString();
            case "flow_control" -> section.flag(key).orElse(false).toString();
            case "parity" -> parity(section.text(key).orElse(""));
            case "respawn_delay", "id_interval" ->
                wholeSeconds(section.text(key).orElse(""));
            default -> section.text(key).orElse("");
        };
    }

    /** Reticulum takes whatever it does not know for none. */
    private static String parity(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "e", "even" -> "even";
            case "o", "odd" -> "odd";
            default -> "none";
        };
    }

    /** Theirs may have a fraction; what is no number stays as it is and is refused by the check of the settings. */
    private static String wholeSeconds(String text) {
        try {
            return Long.toString((long) Math.ceil(Double.parseDouble(text)));
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** Keys of a section that neither this kind nor Reticulum knows. */
    List<String> unknown(InterfaceSection entry) {
        return entry.ownKeys().stream()
                .filter(key -> !keys.containsKey(key) && !without.containsKey(key))
                .filter(key -> !(pid.endsWith(".udp") && key.equals("port")))
                .toList();
    }
}
