package io.kairos.core.config;

import io.kairos.api.admin.Configurations.Problem;
import io.kairos.api.admin.RoleSettings.Standing;
import io.kairos.api.admin.RoleSettings.Value;
import io.kairos.api.health.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Tells what became of each value of each role. */
final class RoleReport {

    private final RoleOrder order;
    private final List<Edit> edits;
    private final BiFunction<Edit, Map<String, String>, Map<String, Problem>> wrong;

    /** @param wrong what a part refuses of values that are put beside its own settings */
    RoleReport(RoleOrder order, List<Edit> edits, BiFunction<Edit, Map<String, String>, Map<String, Problem>> wrong) {
        this.order = order;
        this.edits = edits;
        this.wrong = wrong;
    }

    List<Value> values() {
        List<Value> values = new ArrayList<>();
        for (RoleOrder.Entry role : order.roles()) {
            role.defaults()
                    .forEach((pid, settings) -> new TreeMap<>(settings).forEach((key, value) -> {
                        List<Value> found = edits.stream()
                                .filter(edit -> RoleOrder.covers(pid, edit.declaredAs()))
                                .flatMap(edit -> said(role.name(), pid, key, edit).stream())
                                .toList();
                        values.addAll(found);
                        if (edits.stream().noneMatch(edit -> RoleOrder.covers(pid, edit.declaredAs()))) {
                            values.add(new Value(role.name(), pid, key, value, "", Standing.WAITS, "", ""));
                        }
                    }));
        }
        return values;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        List<Value> values = values();
        for (Value value : values) {
            String says =
                    "%s says %s = %s for %s".formatted(value.role(), value.key(), value.value(), value.configuration());
            if (value.standing() == Standing.WRONG) {
                findings.add(Finding.warning(
                        says + ", which " + value.reason() + "; it is left out",
                        "Tell those who made the role, or write %s into the settings yourself."
                                .formatted(value.key())));
            } else if (value.standing() == Standing.OTHER_ROLE && !value.value().equals(value.inForce())) {
                findings.add(Finding.warning(
                        "%s, but %s says %s and comes first".formatted(says, value.reason(), value.inForce()),
                        "Leave one of the two (role:leave), or write %s into the settings yourself."
                                .formatted(value.key())));
            }
        }
        if (order.roles().isEmpty()) {
            findings.add(Finding.ok("No role sets anything"));
        } else if (findings.isEmpty()) {
            findings.add(Finding.ok("%d settings come from %s, %d are the operator's own"
                    .formatted(
                            count(values, Standing.HOLDS),
                            String.join(
                                    " and ",
                                    order.roles().stream()
                                            .map(RoleOrder.Entry::name)
                                            .toList()),
                            count(values, Standing.OVERRIDDEN))));
        }
        return findings;
    }

    private static long count(List<Value> values, Standing standing) {
        return values.stream().filter(value -> value.standing() == standing).count();
    }

    /** Empty where the role itself says something more exact about this configuration. */
    private List<Value> said(String role, String pid, String key, Edit edit) {
        List<RoleOrder.Say> says = order.about(edit.declaredAs()).getOrDefault(key, List.of());
        return says.stream()
                .filter(say -> say.role().equals(role) && say.pid().equals(pid))
                .map(say -> judged(say, key, edit, says.get(0)))
                .toList();
    }

    private Value judged(RoleOrder.Say say, String key, Edit edit, RoleOrder.Say first) {
        Standing standing = Standing.HOLDS;
        String inForce = "";
        String reason = "";
        if (edit.settings().containsKey(key)) {
            standing = Standing.OVERRIDDEN;
            inForce = Secrets.shown(key, edit.settings().get(key));
        } else if (!say.equals(first)) {
            standing = Standing.OTHER_ROLE;
            inForce = Secrets.shown(key, first.value());
            reason = first.role();
        } else {
            Problem problem = wrong.apply(edit, Map.of(key, say.value())).get(key);
            if (problem != null) {
                standing = Standing.WRONG;
                reason = problem.reason();
            }
        }
        String shown = edit.interfaceName().orElse(edit.declaredAs());
        return new Value(say.role(), say.pid(), key, Secrets.shown(key, say.value()), shown, standing, inForce, reason);
    }
}
