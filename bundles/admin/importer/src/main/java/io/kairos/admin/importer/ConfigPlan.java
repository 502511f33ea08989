package io.kairos.admin.importer;

import io.kairos.api.admin.Configurations;
import io.kairos.api.admin.Configurations.Problem;
import io.kairos.api.admin.ReticulumImport.Result;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.configobj.ConfigSection;
import io.kairos.lib.configobj.InterfaceSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of a {@code config} file. Used once. */
final class ConfigPlan {

    private static final String AUTO = "io.kairos.transport.auto";
    private static final String COMMENT = "Imported from a Reticulum configuration. iface:example tells all settings.";

    private final ConfigSection root;
    private final Etc etc;
    private final Optional<Configurations> checks;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();

    /** @param checks judges settings before they are written; empty while nobody does */
    ConfigPlan(ConfigSection root, Etc etc, Optional<Configurations> checks) {
        this.root = root;
        this.etc = etc;
        this.checks = checks;
    }

    List<Step> steps() {
        root.section("reticulum").ifPresent(this::node);
        root.section("logging").ifPresent(this::node);
        root.section("interfaces").ifPresent(all -> all.sections().forEach(this::oneInterface));
        for (ConfigSection other : root.sections()) {
            if (!List.of("reticulum", "logging", "interfaces").contains(other.name())) {
                told(other, "", Result.LEFT_OUT, "settings of another program");
            }
        }
        root.keys().forEach(key -> told(root, key, Result.LEFT_OUT, "it stands outside of every section"));
        return steps;
    }

    private void node(ConfigSection section) {
        for (String key : section.keys()) {
            NodeKeys.Target target = NodeKeys.TARGETS.get(key);
            try {
                if (target != null) {
                    nodeKey(section, key, target);
                } else if (NodeKeys.DEFAULTS.containsKey(key)) {
                    String value = NodeKeys.number(section, key);
                    if (!value.equals("0")) { // in Reticulum 0 means the built-in number here
                        defaults.put(NodeKeys.DEFAULTS.get(key), value);
                    }
                    told(section, key, Result.PRESENT, "becomes a setting of each imported interface");
                } else if (key.equals("network_identity")) {
                    told(
                            section,
                            key,
                            Result.PRESENT,
                            "the identity is imported where its file lies below the folder; then set network.identity");
                } else {
                    String reason = NodeKeys.WITHOUT.getOrDefault(key, "Reticulum does not know this key");
                    told(section, key, Result.LEFT_OUT, reason);
                }
            } catch (MeshException e) {
                told(section, key, Result.LEFT_OUT, e.getMessage());
            }
        }
    }

    private void nodeKey(ConfigSection section, String key, NodeKeys.Target target) {
        String value = target.value().apply(section, key);
        boolean programs = target.file().equals(NodeKeys.LOCAL);
        String file = programs ? programsFile() : target.file();
        String present = etc.read(file).getOrDefault(target.key(), target.usual());
        boolean secret = key.equals("rpc_key");
        String shown = "etc/" + file + ": " + target.key() + " = " + (secret ? "(as there)" : value);
        if (present.equals(value)) {
            steps.add(Step.told(at(section, key), shown, Result.PRESENT, ""));
        } else {
            steps.add(Step.planned(at(section, key), shown, "", () -> {
                if (programs && !etc.exists(file)) {
                    etc.create(file, COMMENT, Map.of("interface.name", "programs"));
                }
                etc.set(file, target.key(), value);
            }));
        }
    }

    /** The file of the shared instance, whatever its operator called it; where there are several, the shipped one. */
    private String programsFile() {
        Set<String> files = etc.instances("io.kairos.transport.local").keySet();
        return files.isEmpty() || files.contains(NodeKeys.LOCAL)
                ? NodeKeys.LOCAL
                : files.iterator().next();
    }

    private void oneInterface(ConfigSection section) {
        InterfaceSection entry = InterfaceSection.of(section);
        String type = entry.type().orElse("");
        InterfaceKind kind = InterfaceKind.of(type, section);
        entry.problems()
                .forEach(problem ->
                        steps.add(Step.told(at(section, problem.key()), "", Result.LEFT_OUT, problem.reason())));
        if (kind == null) {
            boolean known = InterfaceKind.isNotYet(type);
            String why = type.isEmpty() || known ? "" : ", a module of its operator's own";
            told(section, "", Result.NOT_YET, "Kairos has no transport for %s%s yet".formatted(type, why));
            return;
        }
        Map<String, String> settings;
        try {
            settings = settings(kind, entry);
        } catch (MeshException e) {
            told(section, "", Result.LEFT_OUT, e.getMessage());
            return;
        }
        steps.add(interfaceStep(section, kind, settings));
        for (String key : section.keys()) {
            Optional.ofNullable(kind.without().get(key))
                    .or(() -> Optional.ofNullable(entry.withoutCounterpart().get(key)))
                    .ifPresent(reason -> told(section, key, Result.LEFT_OUT, reason));
        }
        kind.unknown(entry).forEach(key -> told(section, key, Result.LEFT_OUT, type + " has no such key"));
        if (kind.hasRadios()) {
            section.sections()
                    .forEach(sub -> RadioSections.without(sub)
                            .forEach((key, reason) -> told(sub, key, Result.LEFT_OUT, reason)));
        } else {
            section.sections().forEach(sub -> told(sub, "", Result.LEFT_OUT, type + " has no sections"));
        }
    }

    private Map<String, String> settings(InterfaceKind kind, InterfaceSection entry) {
        Map<String, String> settings = kind.settings(entry);
        defaults.forEach(settings::putIfAbsent);
        if (!entry.isEnabled()) {
            settings.put("enabled", "false");
        }
        return settings;
    }

    private Step interfaceStep(ConfigSection section, InterfaceKind kind, Map<String, String> settings) {
        String file = Etc.fileName(kind.pid(), section.name());
        String source = at(section, "");
        String shown = "etc/" + file;
        if (etc.exists(file)) {
            boolean same = etc.read(file).equals(settings);
            return same
                    ? Step.told(source, shown, Result.PRESENT, "")
                    : Step.told(source, shown, Result.LEFT_OUT, "the file exists and says something else");
        }
        Optional<String> twin = kind.pid().equals(AUTO) ? twin(settings) : Optional.empty();
        if (twin.isPresent()) {
            return Step.told(source, "etc/" + twin.get(), Result.PRESENT, "finds the same neighbours already");
        }
        List<Problem> problems =
                checks.map(present -> present.check(kind.pid(), settings)).orElse(List.of());
        if (!problems.isEmpty()) {
            Problem first = problems.get(0);
            return Step.told(
                    source, shown, Result.LEFT_OUT, "%s %s. %s".formatted(first.key(), first.reason(), first.remedy()));
        }
        String note = settings.containsKey("enabled") ? "switched off, as it is there" : "";
        return Step.planned(source, shown, note, () -> etc.create(file, COMMENT, settings));
    }

    /** Two interfaces of one group would fight for the same ports. */
    private Optional<String> twin(Map<String, String> settings) {
        return etc.instances(AUTO).entrySet().stream()
                .filter(other -> !"false".equalsIgnoreCase(other.getValue().get("enabled")))
                .filter(other -> List.of("group.id", "data.port", "discovery.port").stream()
                        .allMatch(key -> usual(other.getValue(), key).equals(usual(settings, key))))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static String usual(Map<String, String> settings, String key) {
        String otherwise = Map.of("group.id", "reticulum", "data.port", "42671", "discovery.port", "29716")
                .get(key);
        return settings.getOrDefault(key, otherwise);
    }

    private void told(ConfigSection section, String key, Result result, String note) {
        steps.add(Step.told(at(section, key), "", result, note));
    }

    private static String at(ConfigSection section, String key) {
        String name = section.name().isEmpty() ? "" : " [" + section.name() + "]";
        int line = key.isEmpty() ? section.line() : section.line(key);
        return section.source() + ":" + line + name + (key.isEmpty() ? "" : " " + key);
    }
}
