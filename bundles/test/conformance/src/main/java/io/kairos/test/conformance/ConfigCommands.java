package io.kairos.test.conformance;

import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.BurstLimits;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.lib.configobj.ConfigReader;
import io.kairos.lib.configobj.ConfigSection;
import io.kairos.lib.configobj.InterfaceSection;
import io.kairos.transport.tcp.TcpClientConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Configuration files of Reticulum programs, as the importer reads them. */
final class ConfigCommands implements Commands.Family {

    private static final int TCP_CODE_BYTES = 16;

    @Override
    public void addTo(Commands commands) {
        commands.add("config_parse_interface", ConfigCommands::parse);
    }

    private static Map<String, Object> parse(Parameters p) throws NoSuchMethodException {
        String name = p.text("interface_name");
        Optional<ConfigSection> section = ConfigReader.read(p.text("config_text"), "the suite's text")
                .section("interfaces")
                .flatMap(interfaces -> interfaces.section(name));
        if (section.isEmpty()) {
            return Answer.of("error", "there is no interface " + name);
        }
        InterfaceSection read = InterfaceSection.of(section.get());
        read.problems().stream()
                .filter(problem -> problem.key().equals("interface_mode"))
                .findFirst()
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem.reason());
                });
        InterfacePolicy policy = InterfacePolicy.parse(read.policy(), TCP_CODE_BYTES);
        BurstLimits bursts = policy.bursts();
        Object bitrate = read.bitrate().isPresent() ? read.bitrate().getAsLong() : null;
        return Answer.with("selected_interface_mode", read.mode().value())
                .and("mode", policy.mode().value())
                .and("mode_name", policy.mode().word())
                .and("configured_bitrate", bitrate)
                .and("bitrate", bitrate == null ? usualBitrate() : bitrate)
                .and("announce_cap", policy.announceCap())
                .and("ifac_size", codeBytes(read.policy()))
                .and("default_ifac_size", TCP_CODE_BYTES)
                .and("ifac_netname", policy.accessCode().flatMap(AccessCode::networkName))
                .and("ifac_netkey", policy.accessCode().flatMap(AccessCode::passphrase))
                .and("ifac_active", policy.accessCode().isPresent())
                .and("discoverable", policy.discovery().isPresent())
                .and(
                        "discovery_announce_interval",
                        policy.discovery().map(chosen -> chosen.interval().toSeconds()))
                .and("ingress_control", policy.ingressControl())
                .and("ic_max_held_announces", bursts.held())
                .and("ic_burst_hold", seconds(bursts.hold()))
                .and("ic_burst_freq_new", bursts.newAnnounces())
                .and("ic_burst_freq", bursts.announces())
                .and("ic_new_time", seconds(bursts.newFor()))
                .and("ic_burst_penalty", seconds(bursts.penalty()))
                .and("ic_held_release_interval", seconds(bursts.release()))
                .map();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** The size of the code, which the product knows only where there is one: with some name the rest stays. */
    private static int codeBytes(Map<String, String> policy) {
        Map<String, String> closed = new HashMap<>(policy);
        closed.putIfAbsent("access.network.name", "any");
        return InterfacePolicy.parse(closed, TCP_CODE_BYTES)
                .accessCode()
                .orElseThrow()
                .sizeBytes();
    }

    private static Object usualBitrate() throws NoSuchMethodException {
        return TcpClientConfig.class.getMethod("bitrate_bits_per_second").getDefaultValue();
    }
}
