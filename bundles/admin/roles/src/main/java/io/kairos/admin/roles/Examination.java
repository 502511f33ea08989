package io.kairos.admin.roles;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the node is what it is meant to be. */
final class Examination {

    private final Choice choice;
    private final Optional<Set<String>> chosen;
    private final List<NodeRole> roles;
    private final NodeView node;

    Examination(Choice choice, Optional<Set<String>> chosen, List<NodeRole> roles, NodeView node) {
        this.choice = choice;
        this.chosen = chosen;
        this.roles = roles;
        this.node = node;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        chosen.flatMap(choice::unknown)
                .ifPresent(message -> findings.add(Finding.warning(
                        message, "Correct etc/%s.cfg. Roles are: %s.".formatted(RolesComponent.PID, choice.names()))));
        chosen.ifPresent(named -> besides(named).ifPresent(findings::add));
        for (NodeRole role : roles) {
            role.selfCheck(node).forEach(finding -> findings.add(said(role, finding)));
            HeapWish.note(role.heapMegabytes(), node.heapMegabytes())
                    .ifPresent(note -> findings.add(Finding.ok("%s: %s".formatted(role.name(), note))));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(
                    roles.isEmpty()
                            ? "No role is chosen; role:list shows what this node could be for"
                            : "This node is what it is meant to be: "
                                    + roles.stream().map(NodeRole::name).collect(Collectors.joining(", "))));
        }
        return findings;
    }

    /** Roles that somebody installed as a feature although the file says something else. */
    private Optional<Finding> besides(Set<String> named) {
        Set<String> more = new TreeSet<>(roles.stream().map(NodeRole::name).toList());
        more.removeAll(named);
        return more.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "%s is installed, but etc/%s.cfg does not name it: at the next start it is gone"
                                .formatted(String.join(", ", more), RolesComponent.PID),
                        "role:install and role:leave keep the two alike."));
    }

    private static Finding said(NodeRole role, Finding finding) {
        return new Finding(finding.severity(), role.name() + ": " + finding.message(), finding.remedy());
    }
}
