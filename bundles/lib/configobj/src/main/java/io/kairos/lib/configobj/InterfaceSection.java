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

/**
 * What the section of an interface says that every type of interface understands. A value that cannot be used is left out
 * and told in {@link #problems()}; the rest holds. Immutable.
 */
public final class InterfaceSection {

    private static final Set<String> ABOUT_ITSELF = Set.of("type", "enabled", "interface_enabled");

    private final ConfigSection section;
    private final InterfaceMode mode;
    private final OptionalLong bitrate;
    private final boolean enabled;
    private final Map<String, String> policy;
    private final List<Problem> problems;

    /**
     * Something of the section that cannot be used.
     *
     * @param key which key; empty for the section as a whole
     * @param line where, starting at 1
     * @param reason why, one sentence with file and line
     * @param remedy what would be right
     */
    public record Problem(String key, int line, String reason, String remedy) {}

    private InterfaceSection(ConfigSection section) {
        this.section = section;
        PolicyKeys keys = new PolicyKeys(section);
        this.mode = keys.mode();
        this.bitrate = keys.bitrate();
        this.enabled = keys.enabled();
        this.policy = Map.copyOf(keys.policy());
        this.problems = List.copyOf(keys.problems());
    }

    /** Reads the section of one interface; never fails. */
    public static InterfaceSection of(ConfigSection section) {
        return new InterfaceSection(section);
    }

    /** The name its operator gave it. */
    public String name() {
        return section.name();
    }

    /** For example {@code TCPClientInterface}; empty where it says nothing usable. */
    public Optional<String> type() {
        try {
            return section.text("type").filter(text -> !text.isBlank()).map(String::strip);
        } catch (MeshException e) {
            return Optional.empty();
        }
    }

    /** Whether it is switched on; it is not where nothing says so. */
    public boolean isEnabled() {
        return enabled;
    }

    public InterfaceMode mode() {
        return mode;
    }

    /** Bits per second that replace what the medium assumes; at least 5. */
    public OptionalLong bitrate() {
        return bitrate;
    }

    /** What is said, as settings of a Kairos interface ({@code InterfacePolicyConfig}); only keys that are there. */
    public Map<String, String> policy() {
        return policy;
    }

    /** What cannot be used, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    /** Keys that only its type understands, in the order of the file. */
    public List<String> ownKeys() {
        List<String> own = new ArrayList<>();
        for (String key : section.keys()) {
            if (!ABOUT_ITSELF.contains(key) && !PolicyKeys.isShared(key)) {
                own.add(key);
            }
        }
        return own;
    }

    /** Keys that every type understands in Reticulum and that have no counterpart in Kairos, with the reason. */
    public Map<String, String> withoutCounterpart() {
        Map<String, String> missing = new LinkedHashMap<>();
        for (String key : section.keys()) {
            PolicyKeys.reasonWithout(key).ifPresent(reason -> missing.put(key, reason));
        }
        return missing;
    }

    /** The section itself, for keys of its type. */
    public ConfigSection section() {
        return section;
    }
}
