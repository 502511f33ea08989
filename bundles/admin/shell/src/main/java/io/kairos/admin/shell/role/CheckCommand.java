package io.kairos.admin.shell.role;

import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.mesh.Doctor;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Asks the roles whether the node is what it is meant to be. */
@Service
@Command(
        scope = "role",
        name = "check",
        description = "Tells whether the node can be what it is meant to be, and what is missing")
public final class CheckCommand extends RoleCommand {

    private static final Set<String> SUBJECTS = Set.of("roles", "role settings");

    @Override
    protected void run(Services services, PrintStream out) {
        Map<String, List<Finding>> findings = new TreeMap<>();
        for (HealthCheck check : services.all(HealthCheck.class)) {
            if (SUBJECTS.contains(check.subject())) {
                List<Finding> found = check.examine();
                if (!found.isEmpty()) {
                    findings.computeIfAbsent(check.subject(), any -> new ArrayList<>())
                            .addAll(found);
                }
            }
        }
        out.print(Doctor.text(findings));
    }
}
