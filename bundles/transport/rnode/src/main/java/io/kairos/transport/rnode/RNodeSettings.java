package io.kairos.transport.rnode;

import static io.kairos.lib.medium.Checks.refuse;

import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a device, checked.
 *
 * @param line what the open device depends on
 * @param policy how the core shall treat the interface
 */
record RNodeSettings(DeviceSettings line, InterfacePolicy policy) implements LineSettings {

    /** Size of the access code on slow media, in bytes; a packet of 500 bytes and such a code just fit. */
    private static final int CODE_BYTES = 8;

    private static final int MOST_CALLSIGN_BYTES = 32;
    private static final LinkBudget REFUSED = LinkBudget.plain(1_000, CommandDecoder.LONGEST);

    static RNodeSettings from(RNodeConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "lora-roof");
        InterfacePolicy policy = policy(properties);
        DeviceSettings line = new DeviceSettings(
                name,
                port(config.port()),
                false,
                List.of(RadioWish.of(config).settle()),
                settle(config.settle_millis()),
                reopen(config.reopen_delay_seconds()),
                callsign(config.id_callsign(), config.id_interval_seconds()),
                Duration.ofSeconds(Checks.between("id.interval.seconds", config.id_interval_seconds(), 0, 86_400, 0)),
                queue(config.send_queue_bytes()));
        return new RNodeSettings(line, policy);
    }

    static RNodeSettings from(RNodeMultiConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "lora-roof");
        InterfacePolicy policy = policy(properties);
        DeviceSettings line = new DeviceSettings(
                name,
                port(config.port()),
                true,
                radios(config.radios(), config.region()),
                settle(config.settle_millis()),
                reopen(config.reopen_delay_seconds()),
                callsign(config.id_callsign(), config.id_interval_seconds()),
                Duration.ofSeconds(Checks.between("id.interval.seconds", config.id_interval_seconds(), 0, 86_400, 0)),
                queue(config.send_queue_bytes()));
        return new RNodeSettings(line, policy);
    }

    /** Enough to be shown, for settings that were refused. */
    static RNodeSettings refused(Map<String, ?> properties, String kind) {
        DeviceSettings line = new DeviceSettings(
                Checks.nameOfRefused(properties, kind),
                "",
                false,
                List.of(),
                Duration.ZERO,
                Duration.ofSeconds(5),
                "",
                Duration.ZERO,
                0);
        return new RNodeSettings(line, InterfacePolicy.DEFAULT);
    }

    /**
     * As all programs of Reticulum have it: what comes over the air is not held back in bursts unless their operator wants it, and a radio that is announced
     * to everybody is an access point unless its operator has chosen another mode for strangers.
     */
    private static InterfacePolicy policy(Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.putIfAbsent("ingress.control", "false");
        InterfacePolicy policy = InterfacePolicy.parse(all, CODE_BYTES);
        Object written = properties.get("mode");
        boolean isChosen =
                written != null && InterfaceMode.parse(written.toString()).equals(Optional.of(InterfaceMode.GATEWAY));
        return policy.discovery().isPresent() && policy.mode() == InterfaceMode.GATEWAY && !isChosen
                ? policy.withMode(InterfaceMode.ACCESS_POINT)
                : policy;
    }

    private static List<RadioSettings> radios(String[] entries, String region) {
        List<RadioSettings> radios = new ArrayList<>();
        Set<Object> taken = new HashSet<>();
        String all =
                entries == null ? "" : String.join(",", entries); // one string or several: files have it either way
        for (String entry : all.split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            RadioSettings radio = RadioWish.parse(entry, region).settle();
            boolean isNew = taken.add(radio.index());
            isNew &= taken.add(radio.name());
            if (!isNew) {
                throw refuse(
                        "radios names %s or its index %d twice".formatted(radio.name(), radio.index()),
                        "Give each radio one entry.");
            }
            radios.add(radio);
        }
        if (radios.isEmpty()) {
            throw refuse(
                    "radios is missing", "Write an entry for each radio, for example: low index=0 profile=balanced.");
        }
        return List.copyOf(radios);
    }

    /** A port as it may be written, without blanks around it. */
    static String port(String given) {
        String port = given == null ? "" : given.strip();
        if (port.isEmpty()) {
            throw refuse(
                    "port is missing",
                    "Write the serial device, for example port = /dev/ttyUSB0, or tcp://host; iface:rnode-scan finds devices.");
        }
        if (port.toLowerCase(Locale.ROOT).startsWith("ble://")) {
            throw refuse(
                    "port = %s: Bluetooth Low Energy is not supported".formatted(port),
                    "Attach the device by USB or over TCP, or make it a serial device of the system.");
        }
        if (port.startsWith("tcp://") && !port.substring(6).matches("[A-Za-z0-9._:\\[\\]%-]+?")) {
            throw refuse("port = %s names no host".formatted(port), "Write tcp:// and a host name or address.");
        }
        if (port.startsWith("tcp://")
                && (TcpPort.port(port.substring(6)) < 1 || TcpPort.port(port.substring(6)) > 65_535)) {
            throw refuse("port = %s names no TCP port".formatted(port), "Leave it away: RNodes listen on 7633.");
        }
        return port;
    }

    private static String callsign(String given, int interval) {
        String callsign = given == null ? "" : given.strip();
        if (callsign.getBytes(StandardCharsets.UTF_8).length > MOST_CALLSIGN_BYTES) {
            throw refuse("id.callsign is longer than 32 bytes", "Shorten it.");
        }
        return interval > 0 ? callsign : "";
    }

    private static Duration settle(int millis) {
        return Duration.ofMillis(Checks.between("settle.millis", millis, 0, 30_000, 2_000));
    }

    private static Duration reopen(int seconds) {
        return Duration.ofSeconds(Checks.between("reopen.delay.seconds", seconds, 1, 3_600, 5));
    }

    private static int queue(int bytes) {
        return Checks.between("send.queue.bytes", bytes, 2_048, 1 << 20, 32_768);
    }

    @Override
    public String name() {
        return line.name();
    }

    /** Of the fastest radio. */
    @Override
    public LinkBudget budget() {
        return line.radios().stream()
                .map(this::budget)
                .max((one, other) -> Long.compare(one.bitsPerSecond(), other.bitsPerSecond()))
                .orElse(REFUSED);
    }

    /** What a packet costs on one radio. */
    LinkBudget budget(RadioSettings radio) {
        int code = policy.accessCode().map(AccessCode::sizeBytes).orElse(0);
        return new LinkBudget(
                Math.max(5, Math.round(radio.tuning().bitsPerSecond())),
                CommandDecoder.LONGEST - code,
                LinkBudget.MtuClass.NONE,
                Math.min(radio.airtimeShare(), radio.shortShare()),
                0);
    }

    /** The device itself and each channel on which it meets others. */
    Set<Endpoint> endpoints() {
        Set<Endpoint> endpoints = new HashSet<>();
        if (!policy.enabled() || line.port().isEmpty()) {
            return endpoints;
        }
        endpoints.add(Ports.endpoint(line.port()));
        for (RadioSettings radio : line.radios()) {
            LoRa tuning = radio.tuning();
            endpoints.add(new Endpoint(
                    "lora",
                    "air",
                    "%d/%d/%d".formatted(tuning.frequencyHz(), tuning.bandwidthHz(), tuning.spreadingFactor())));
        }
        return endpoints;
    }
}
