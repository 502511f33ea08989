package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Suggestions;
import io.kairos.api.link.Endpoints;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;

/** Suggests names of destinations open on this node. */
@Service
public final class LocalDestinationCompleter implements Completer {

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
        for (Endpoints endpoints : services.all(Endpoints.class)) {
            endpoints.destinations().forEach(open -> words.add(open.settings().fullName()));
        }
        return words;
    }
}
