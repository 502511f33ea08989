package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Suggestions;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.MeshInterface;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;

/** Suggests names of interfaces. */
@Service
public final class InterfaceCompleter implements Completer {

    @Reference
    private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try (OsgiServices services = new OsgiServices(context)) {
            return Suggestions.complete(line, words(services), candidates);
        }
    }

    static Collection<String> words(Services services) {
        TreeSet<String> words = new TreeSet<>();
        for (Router router : services.all(Router.class)) {
            router.interfaces().stream()
                    .filter(view -> view.parent().isEmpty())
                    .forEach(view -> words.add(view.name()));
        }
        services.all(MeshInterface.class).forEach(running -> words.add(running.name()));
        return words;
    }
}
