package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * The kinds of interfaces that the installed bundles offer, read from the descriptions of their settings; so a plugin
 * that nobody knew when this was written is found too. A factory PID is a kind of interface where it is named like a
 * transport or has the setting {@link Setting#NAME}.
 */
final class KindCatalog {

    private final List<InterfaceKind> kinds;

    KindCatalog(List<InterfaceKind> kinds) {
        this.kinds =
                kinds.stream().sorted(Comparator.comparing(InterfaceKind::kind)).toList();
    }

    static KindCatalog read(MetaTypeService descriptions, Bundle[] bundles) {
        List<Setting> shared = PolicySettings.read();
        List<InterfaceKind> kinds = new ArrayList<>();
        for (Bundle bundle : bundles) {
            MetaTypeInformation offered = descriptions.getMetaTypeInformation(bundle);
            String[] pids =
                    offered == null || offered.getFactoryPids() == null ? new String[0] : offered.getFactoryPids();
            for (String pid : pids) {
                ObjectClassDefinition described = offered.getObjectClassDefinition(pid, null);
                if (described != null && describesInterface(pid, described)) {
                    kinds.add(kind(pid, described, shared));
                }
            }
        }
        return new KindCatalog(kinds);
    }

    private static boolean describesInterface(String pid, ObjectClassDefinition described) {
        return pid.contains(".transport.")
                || attributes(described, ObjectClassDefinition.ALL)
                        .anyMatch(attribute -> attribute.getID().equals(Setting.NAME));
    }

    private static InterfaceKind kind(String pid, ObjectClassDefinition described, List<Setting> shared) {
        List<String> required = attributes(described, ObjectClassDefinition.REQUIRED)
                .map(AttributeDefinition::getID)
                .toList();
        List<Setting> settings = attributes(described, ObjectClassDefinition.ALL)
                .map(attribute -> setting(attribute, required.contains(attribute.getID())))
                .collect(Collectors.toCollection(ArrayList::new));
        List<String> own = settings.stream().map(Setting::key).toList();
        shared.stream().filter(setting -> !own.contains(setting.key())).forEach(settings::add);
        return new InterfaceKind(
                InterfaceKind.kindOf(pid),
                pid,
                Objects.requireNonNullElse(described.getName(), pid),
                Objects.requireNonNullElse(described.getDescription(), ""),
                List.copyOf(settings));
    }

    private static Stream<AttributeDefinition> attributes(ObjectClassDefinition described, int filter) {
        AttributeDefinition[] attributes = described.getAttributeDefinitions(filter);
        // attributes of this prefix are hints for consoles, which DS mangles out of methods of the annotation
        return attributes == null
                ? Stream.empty()
                : Arrays.stream(attributes)
                        .filter(attribute -> !attribute.getID().startsWith("webconsole."));
    }

    private static Setting setting(AttributeDefinition attribute, boolean required) {
        String[] otherwise = attribute.getDefaultValue();
        String[] options = attribute.getOptionValues();
        return new Setting(
                attribute.getID(),
                Objects.requireNonNullElse(attribute.getName(), attribute.getID()),
                Objects.requireNonNullElse(attribute.getDescription(), ""),
                typeWord(attribute.getType()),
                otherwise == null ? Optional.empty() : Optional.of(String.join(", ", otherwise)),
                required,
                options == null ? List.of() : List.of(options),
                false);
    }

    private static String typeWord(int type) {
        return switch (type) {
            case AttributeDefinition.BOOLEAN -> "true or false";
            case AttributeDefinition.INTEGER,
                    AttributeDefinition.LONG,
                    AttributeDefinition.SHORT,
                    AttributeDefinition.BYTE -> "whole number";
            case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> "number";
            default -> "text";
        };
    }

    List<InterfaceKind> kinds() {
        return kinds;
    }

    /** The kind an operator names by its short name or its PID. */
    InterfaceKind require(String name) {
        return find(name)
                .orElseThrow(() -> Arguments.wrong(
                        "There is no kind of interface '%s'.".formatted(name),
                        kinds.isEmpty()
                                ? "No transport is installed: feature:list | grep kairos-transport shows what can be."
                                : "There is: "
                                        + kinds.stream()
                                                .map(InterfaceKind::kind)
                                                .collect(Collectors.joining(", "))
                                        + ". More come with feature:install kairos-transport-<name>."));
    }

    Optional<InterfaceKind> find(String name) {
        return kinds.stream()
                .filter(kind -> kind.kind().equals(name) || kind.pid().equals(name))
                .findFirst();
    }
}
