package io.kairos.admin.shell.role;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.api.admin.RoleSettings.Standing;
import io.kairos.api.admin.RoleSettings.Value;
import io.kairos.api.admin.Roles.Role;
import io.kairos.api.role.NodeRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is told of roles. */
final class RoleReport {

    private RoleReport() {}

    static String list(List<Role> roles) {
        Table table = new Table().left("Role").left("Installed").left("What the node is then");
        roles.forEach(role -> table.row(role.name(), role.installed() ? "yes" : "no", role.purpose()));
        long installed = roles.stream().filter(Role::installed).count();
        return table.toText()
                + (installed == 0
                        ? "This node has no role: it forwards, and every setting is its own. role:install NAME chooses one.\n"
                        : "role:show NAME tells what a role sets, role:change NAME takes another.\n");
    }

    static List<Map<String, Object>> listJson(List<Role> roles) {
        return roles.stream()
                .map(role -> new Fields()
                        .put("name", role.name())
                        .put("installed", role.installed())
                        .put("purpose", role.purpose())
                        .toMap())
                .toList();
    }

    /** @param present the role itself where the node has it */
    static String show(Role role, Optional<NodeRole> present, List<Value> values) {
        StringBuilder out = new StringBuilder("%s: %s\n".formatted(role.name(), role.purpose()));
        if (present.isEmpty()) {
            return out.append("This node is no ")
                    .append(role.name())
                    .append(". role:install ")
                    .append(role.name())
                    .append(" adds the role, role:change ")
                    .append(role.name())
                    .append(" takes it in the place of others.\n")
                    .toString();
        }
        if (present.get().heapMegabytes() > 0) {
            out.append("Memory: a heap of %d MB, from the next start on, unless etc/setenv sets KAIROS_HEAP\n"
                    .formatted(present.get().heapMegabytes()));
        }
        Table table =
                new Table().left("For").left("Setting").left("The role says").left("What holds");
        values.forEach(value -> table.row(
                value.configuration().isEmpty() ? value.pid() : value.configuration(),
                value.key(),
                value.value(),
                holds(value)));
        return out.append(table.toText())
                .append("Your own settings in etc/ always hold; a role fills in what they do not name.\n")
                .toString();
    }

    private static String holds(Value value) {
        return switch (value.standing()) {
            case HOLDS -> "the role's";
            case OVERRIDDEN -> "yours: " + value.inForce();
            case OTHER_ROLE -> "%s (from %s)".formatted(value.inForce(), value.reason());
            case WRONG -> "left out: it " + value.reason();
            case WAITS -> "nothing of this kind yet";
        };
    }

    static Map<String, Object> showJson(Role role, Optional<NodeRole> present, List<Value> values) {
        return new Fields()
                .put("name", role.name())
                .put("installed", role.installed())
                .put("purpose", role.purpose())
                .put("heap_megabytes", present.map(NodeRole::heapMegabytes))
                .put("settings", values.stream().map(RoleReport::json).toList())
                .toMap();
    }

    private static Map<String, Object> json(Value value) {
        return new Fields()
                .put("pid", value.pid())
                .put("configuration", value.configuration())
                .put("key", value.key())
                .put("value", value.value())
                .put("standing", value.standing())
                .put("in_force", value.standing() == Standing.HOLDS ? value.value() : value.inForce())
                .put("reason", value.reason())
                .toMap();
    }
}
