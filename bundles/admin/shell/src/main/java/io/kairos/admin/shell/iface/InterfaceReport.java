package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.admin.shell.mesh.InterfaceJson;
import io.kairos.admin.shell.mesh.Rates;
import io.kairos.api.failure.Failure;
import io.kairos.api.identity.Networks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code iface:list} and {@code iface:show} tell: what runs beside what is configured. */
final class InterfaceReport {

    static final String NONE = """
        No interface is configured yet.
          \u2192 iface:list -k lists the kinds there are, iface:example <kind> shows a settings file, iface:add makes one.
        """;

    private static final String NOT_RUNNING = "not running";

    private final Map<String, Running> running;
    private final Map<String, Configured> configured = new TreeMap<>();

    InterfaceReport(Map<String, Running> running, List<Configured> configured) {
        this.running = running;
        configured.forEach(each -> this.configured.putIfAbsent(each.name(), each));
    }

    /** The same report with the interfaces of one network alone. */
    InterfaceReport in(String network) {
        Map<String, Running> live = new TreeMap<>(running);
        live.values().removeIf(each -> !each.network().equals(network));
        return new InterfaceReport(
                live,
                configured.values().stream()
                        .filter(each -> network(each.name()).equals(network))
                        .toList());
    }

    private String network(String name) {
        return Optional.ofNullable(running.get(name))
                .map(Running::network)
                .or(() -> Optional.ofNullable(configured.get(name))
                        .map(each -> each.settings().get(Networks.PROPERTY)))
                .orElse(Networks.MAIN);
    }

    String list() {
        if (names().isEmpty()) {
            return NONE;
        }
        Table table = new Table()
                .left("Name")
                .left("Network")
                .left("Kind")
                .left("State")
                .left("Mode")
                .right("Bit rate")
                .right("Neighbours")
                .left("Settings");
        for (String name : names()) {
            Optional<Running> live = Optional.ofNullable(running.get(name));
            Optional<Configured> settings = Optional.ofNullable(configured.get(name));
            table.row(
                    name,
                    network(name),
                    live.map(Running::kind)
                            .or(() -> settings.map(each -> each.kind().kind()))
                            .orElse(""),
                    live.map(each -> each.state().toString()).orElse(NOT_RUNNING),
                    live.map(Running::mode).orElse("-"),
                    live.map(each -> Units.bitRate(each.bitsPerSecond())).orElse("-"),
                    live.map(each -> Units.count(each.neighbours())).orElse("-"),
                    settings.map(InterfaceReport::place).orElse("-"));
            if (live.isEmpty()) {
                table.note(
                        "    \u2192 Its settings were refused or its transport is not active: mesh:doctor tells why.");
            }
            live.flatMap(Running::failure).map(Failure::toText).ifPresent(text -> table.note(text.indent(4)));
        }
        return table.toText();
    }

    List<Map<String, Object>> json() {
        return names().stream()
                .map(name -> new Fields()
                        .put("name", name)
                        .put("network", network(name))
                        .put(
                                "kind",
                                Optional.ofNullable(running.get(name))
                                        .map(Running::kind)
                                        .or(() -> Optional.of(
                                                configured.get(name).kind().kind())))
                        .put("state", Optional.ofNullable(running.get(name)).map(Running::state))
                        .put("running", running.containsKey(name))
                        .put(
                                "failure",
                                Optional.ofNullable(running.get(name))
                                        .flatMap(Running::failure)
                                        .map(InterfaceJson::failure))
                        .put("mode", Optional.ofNullable(running.get(name)).map(Running::mode))
                        .put(
                                "bits_per_second",
                                Optional.ofNullable(running.get(name)).map(Running::bitsPerSecond))
                        .put(
                                "neighbours",
                                Optional.ofNullable(running.get(name)).map(Running::neighbours))
                        .put("pid", Optional.ofNullable(configured.get(name)).map(Configured::pid))
                        .put(
                                "file",
                                Optional.ofNullable(configured.get(name))
                                        .flatMap(Configured::file)
                                        .map(Path::toString))
                        .toMap())
                .toList();
    }

    /** The settings of one interface, those set and those by default. */
    static String settings(Configured configured) {
        Table table = new Table().left("Setting").left("Value").left("");
        for (Setting setting : configured.kind().settings()) {
            Optional<String> set = Optional.ofNullable(configured.settings().get(setting.key()));
            table.row(
                    setting.key(),
                    shown(setting.key(), set.or(setting::otherwise).orElse("")),
                    set.isPresent() ? "set" : "default");
        }
        configured.settings().forEach((key, value) -> {
            if (configured.kind().setting(key).isEmpty()) {
                table.row(
                        key,
                        shown(key, value),
                        "unknown to " + configured.kind().kind());
            }
        });
        String place = configured.file().map(Path::toString).orElse("no file; config:edit " + configured.pid());
        return "Settings (%s):%n".formatted(place) + table.toText();
    }

    static Map<String, Object> json(Optional<Running> running, Optional<Configured> configured, Rates rates) {
        Map<String, Object> settings = new TreeMap<>();
        configured.ifPresent(each -> each.settings().forEach((key, value) -> settings.put(key, shown(key, value))));
        return new Fields()
                .put("pid", configured.map(Configured::pid))
                .put("file", configured.flatMap(Configured::file).map(Path::toString))
                .put("settings", settings)
                .put("interface", running.flatMap(Running::view).map(view -> InterfaceJson.of(view, rates)))
                .toMap();
    }

    static String kinds(List<InterfaceKind> kinds) {
        if (kinds.isEmpty()) {
            return "No transport is installed.\n  \u2192 feature:list | grep kairos-transport shows what can be.\n";
        }
        Table table = new Table().left("Kind").left("What").left("Settings file");
        kinds.forEach(kind -> table.row(kind.kind(), kind.title(), "etc/" + ExampleFile.fileName(kind, "<name>")));
        return table.toText() + "iface:example <kind> shows all settings of one.\n";
    }

    static List<Map<String, Object>> kindsJson(List<InterfaceKind> kinds) {
        return kinds.stream()
                .map(kind -> new Fields()
                        .put("kind", kind.kind())
                        .put("title", kind.title())
                        .put("factory_pid", kind.pid())
                        .put(
                                "settings",
                                kind.settings().stream().map(Setting::key).toList())
                        .toMap())
                .toList();
    }

    private TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>(running.keySet());
        names.addAll(configured.keySet());
        return names;
    }

    private static String place(Configured configured) {
        String otherwise = configured.settings().containsKey("found.by") ? "found on the mesh" : configured.pid();
        return configured.file().map(file -> file.getFileName().toString()).orElse(otherwise);
    }

    private static String shown(String key, String value) {
        return Setting.isSecret(key) && !value.isEmpty() ? "••••" : value;
    }
}
