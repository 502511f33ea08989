package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Suggestions;
import io.kairos.api.link.Endpoints;
import io.kairos.api.routing.PathTable;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;

/** Suggests destinations to which a path is known, and those open on this node. */
@Service
public final class DestinationCompleter implements Completer {

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
        for (PathTable table : services.all(PathTable.class)) {
            table.all().stream().map(view -> view.destination().toHex()).forEach(words::add);
        }
        for (Endpoints endpoints : services.all(Endpoints.class)) {
            endpoints.destinations().forEach(open -> words.add(open.address().toHex()));
        }
        return words;
    }
}
