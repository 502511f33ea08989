package io.kairos.admin.shell.role;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.admin.shell.Suggestions;
import io.kairos.api.admin.Roles;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;

/** Suggests names of roles. */
@Service
public final class RoleCompleter implements Completer {

    @Reference
    private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try (OsgiServices services = new OsgiServices(context)) {
            Optional<Roles> roles = services.find(Roles.class);
            return roles.isEmpty()
                    ? -1
                    : Suggestions.complete(
                            line,
                            roles.get().all().stream().map(Roles.Role::name).toList(),
                            candidates);
        }
    }
}
