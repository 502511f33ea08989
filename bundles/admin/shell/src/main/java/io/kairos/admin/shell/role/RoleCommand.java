package io.kairos.admin.shell.role;

import io.kairos.admin.shell.NodeCommand;
import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Services;
import io.kairos.api.admin.RoleSettings;
import io.kairos.api.admin.RoleSettings.Standing;
import io.kairos.api.time.Clock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What commands for roles share: a role is the node's, in all its networks. */
abstract class RoleCommand extends NodeCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    protected final Optional<String> usualNetwork() {
        return Optional.empty();
    }

    /** Prints what is to be known after a change, and what holds now. */
    final void tell(Services services, String name, List<String> notes, PrintStream out) throws InterruptedException {
        notes.forEach(out::println);
        new Patience(services.require(Clock.class)).until(() -> isThere(services, name), PATIENCE);
        List<RoleSettings.Value> values = services.require(RoleSettings.class).values().stream()
                .filter(value -> value.role().equals(name))
                .toList();
        long held = values.stream()
                .filter(value -> value.standing() == Standing.HOLDS)
                .count();
        long own = values.stream()
                .filter(value -> value.standing() == Standing.OVERRIDDEN)
                .count();
        out.printf("This node is a %s now: %d settings come from the role, %d are your own.%n", name, held, own);
        out.printf("role:show %s shows them, role:check tells what is missing.%n", name);
    }

    private static boolean isThere(Services services, String name) {
        return services.require(RoleSettings.class).values().stream()
                .anyMatch(value -> value.role().equals(name));
    }
}
