package io.kairos.admin.shell.plugin;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.admin.shell.Suggestions;
import io.kairos.api.admin.Plugins;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;

/** Suggests names of installed plugins. */
@Service
public final class InstalledCompleter implements Completer {

    @Reference
    private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try (OsgiServices services = new OsgiServices(context)) {
            List<String> words = services.all(Plugins.class).stream()
                    .flatMap(plugins -> plugins.installed().stream())
                    .map(one -> one.name())
                    .toList();
            return Suggestions.complete(line, words, candidates);
        }
    }
}
