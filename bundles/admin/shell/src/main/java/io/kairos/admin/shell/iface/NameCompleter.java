package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.MetaTypeService;

/** Suggests names of interfaces, also of those that are configured but do not run. */
@Service
public final class NameCompleter implements Completer {

    @Reference
    private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try (OsgiServices services = new OsgiServices(context)) {
            return Suggestions.complete(line, words(services), candidates);
        }
    }

    private Collection<String> words(Services services) {
        TreeSet<String> words = new TreeSet<>(Running.all(services).keySet());
        if (services.find(MetaTypeService.class).isPresent()
                && services.find(ConfigurationAdmin.class).isPresent()) {
            Interfaces.configurations(services, context).all().forEach(configured -> words.add(configured.name()));
        }
        return words;
    }
}
