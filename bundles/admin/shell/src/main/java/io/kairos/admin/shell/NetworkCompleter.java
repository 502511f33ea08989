package io.kairos.admin.shell;

import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.Networks;
import io.kairos.api.routing.Router;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.osgi.framework.BundleContext;

/** Suggests the networks of this node. */
@Service
public final class NetworkCompleter implements Completer {

    @Reference
    private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try (OsgiServices services = new OsgiServices(context)) {
            return Suggestions.complete(line, names(services), candidates);
        }
    }

    /** All networks of which a part is there, and the main one, which always has its place. */
    public static Set<String> names(Services services) {
        Set<String> names = new TreeSet<>(Set.of(Networks.MAIN));
        services.all(IdentityStore.class).forEach(store -> names.add(store.network()));
        services.all(Router.class).forEach(router -> names.add(router.network()));
        return names;
    }
}
