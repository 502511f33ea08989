package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Suggestions;
import io.kairos.api.identity.KnownDestinations;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;

/** Suggests identities that are refused. */
@Service
public final class BlackholedCompleter implements Completer {

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
        for (KnownDestinations known : services.all(KnownDestinations.class)) {
            known.blackholed().forEach(entry -> words.add(entry.identity().toHex()));
        }
        return words;
    }
}
