package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.admin.shell.Suggestions;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.MetaTypeService;

/** Suggests kinds of interfaces. */
@Service
public final class KindCompleter implements Completer {

    @Reference
    private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try (OsgiServices services = new OsgiServices(context)) {
            if (services.find(MetaTypeService.class).isEmpty()) {
                return -1;
            }
            List<String> kinds = Interfaces.catalog(services, context).kinds().stream()
                    .map(InterfaceKind::kind)
                    .toList();
            return Suggestions.complete(line, kinds, candidates);
        }
    }
}
